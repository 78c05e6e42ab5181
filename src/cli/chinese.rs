//! The help in Chinese. A test checks that every command and argument is translated.

use clap::{Arg, Command};

/// The English heading above the options that every command has.
pub const GLOBAL: &str = "Global options";

/// Help texts, keyed by `command` or `command.argument`. A second paragraph is shown only in the long help.
const TEXTS: &[(&str, &str)] = &[
    (
        "",
        "阅读和复习用 Markdown 写的论文阅读日志\n\n不带子命令时打开三个窗格：时间线、论文笔记和待读清单。不指定 LOG 时，依次尝试：设置中指定的日志；当前文件夹或其所在仓库中最像论文日志的 Markdown 文件；最近打开的日志（列出供选择）；内置示例。",
    ),
    (".logs", "日志：一个或多个文件、文件夹"),
    (".no_pictures", "不显示图片，只显示图注"),
    (".lang", "界面语言 [默认：随系统区域设置]"),
    (".settings", "使用此设置文件，而不是默认的设置文件"),
    ("list", "列出读过的论文，最新的在前"),
    ("list.since", "只列出此日期及之后读过的：2023、2023.11、2023-11-05、上个月"),
    ("list.until", "只列出此日期及之前读过的"),
    ("list.unread", "改为列出未读的论文（标为未读，或复选框未勾选）。待读清单请用“pending”"),
    ("list.json", "输出 JSON"),
    ("show", "显示一个条目，效果与笔记窗格相同"),
    ("show.query", "标题的一部分、条目的 key（见 --json 的输出），或 line:N"),
    ("show.all", "显示所有条目"),
    ("show.width", "行宽（列） [默认：终端宽度，最多 100；管道中为 80]"),
    ("show.json", "输出 JSON，每个条目占一行"),
    ("show.color", "何时使用颜色"),
    (
        "search",
        "按标题查找论文和待读项，或查找全文\n\n词序不限，每个词都必须匹配，可以输入部分字母、各词的首字母或拼音。“'词”精确匹配，“^词”匹配标题开头，“词$”匹配标题结尾，“!词”表示不包含。加上 --text 后还可以用“/正则表达式/”。\n\n筛选条件与界面中的查找相同：date:2023.11、date:上个月、has:figures、is:due、org:谷歌、tag:大模型、file:、folder:、topic:（研究方向）、sort:date。",
    ),
    ("search.query", "要查找的内容"),
    ("search.text", "逐行查找全文"),
    ("search.json", "输出 JSON"),
    ("pending", "列出待读项及其行号"),
    ("pending.all", "包括已完成的待读项"),
    ("pending.json", "输出 JSON"),
    ("tick", "勾选待读项\n\n只会改动这些待读项的复选框。只要有一项找不到，或对应的待读项不止一个，就不做任何修改。"),
    ("tick.items", "待读项的文字（写出能唯一确定的一部分即可），或 line:N"),
    ("tick.undo", "取消勾选"),
    (
        "review",
        "开始复习，或列出今天要复习的论文；导出、导入评分\n\n不带选项时在界面中开始复习；不在终端中运行时，列出要复习的论文。",
    ),
    ("review.due", "列出要复习的论文，以及每种评分对应的间隔天数"),
    ("review.json", "输出 JSON"),
    ("review.export", "将全部评分以 JSON Lines 格式写入 FILE；“-”表示标准输出"),
    ("review.import", "导入用 --export 导出的评分；“-”表示标准输入"),
    (
        "stats",
        "显示论文数、连续阅读天数和最长间隔\n\n输出中的“阅读天数”只统计写了笔记的日子。界面顶栏的天数更多，因为还计入只写了标题、没写笔记的日子，以及只写了文字、没写标题的日子。",
    ),
    ("stats.json", "输出 JSON"),
    ("week", "输出一周小结（Markdown 格式）"),
    ("week.date", "该周中的任意一天 [默认：今天]"),
    ("week.json", "输出 JSON"),
    ("week.goal", "一周的目标分数。每篇论文计 1 分；在待读清单中写一行引用“> paper = 2”，则每篇计 2 分"),
    (
        "add",
        "向待读清单添加待读项\n\n如果给出 PDF，则添加其首页上的标题；如果给出 arXiv 地址，则在存放 PDF 的文件夹中查找该编号的 PDF，添加其标题。不会联网。",
    ),
    ("add.text", "待读项的文字、PDF 的路径，或 arXiv 地址"),
    ("add.under", "添加为此项的子项（用文字或 line:N 指定）"),
    (
        "import",
        "将参考文献文件中的论文加入待读清单\n\nFILE 的格式为 BibTeX、CSL-JSON、RIS、CSV 或 Zotero RDF，Zotero 等文献管理软件都能导出。日志中已有的论文（按标题、DOI 或 arXiv 编号判断）会列出，但不会重复添加。作者、出处等信息保存在日志旁，随“export”一起导出。一次“undo”即可撤销整个导入。",
    ),
    ("import.file", "参考文献文件；“-”表示标准输入"),
    ("import.json", "输出 JSON"),
    (
        "log",
        "新建一个条目，并输出它的位置\n\n缺少的日期和月份标题会按日志自己的格式和顺序补上。如果日志是每篇论文（或每天）一个文件，则参照其他文件的命名和格式新建文件。\n\n给出 PDF 时，自动填写标题、年月，以及作者或机构；给出 arXiv 地址时，如果存放 PDF 的文件夹中有对应的 PDF，也会填写。不会联网。",
    ),
    ("log.title", "论文标题、PDF 的路径，或 arXiv 地址"),
    ("log.date", "阅读日期 [默认：今天]"),
    ("log.under", "写在此标题下（用于没有日期的日志）"),
    ("log.from", "同时勾选此待读项（用文字或 line:N 指定）"),
    (
        "undo",
        "撤销 papers-tui 所做的最后一次修改\n\n无论修改是在界面中还是用命令做的，也无论是什么时候做的，都可以撤销。如果所改的行后来又有变动，则不写入任何内容，并说明原因。",
    ),
    ("undo.list", "列出可以撤销的修改，最新的在前"),
    ("undo.json", "以 JSON 格式输出列表"),
    ("config", "输出所有设置及其默认值"),
    ("config.path", "输出设置文件的路径，并检查文件中的问题"),
    (
        "check",
        "列出日志中的问题；有问题时退出状态码为 1\n\n每个问题占一行，格式为“文件:行号: 说明”，编辑器可以直接跳转。缺少的图片较多时合并为一行。\n\n--fix 会修正能够确定的问题：图片路径的大小写或文件夹写错，但能确定指的是哪个文件；HTML 标签无效；同一天有两个日期标题；缺少月份标题；年份与前后的日期矛盾；标题格式与其他标题不一致。每处修正都是一次独立的修改，可用“papers-tui undo”撤销。不能确定的会在终端中逐一询问。",
    ),
    ("check.fix", "修正能够修正的问题"),
    ("check.dry_run", "只显示 --fix 会做什么，不做修改"),
    ("check.all", "逐行列出每张缺少的图片"),
    ("check.json", "输出 JSON"),
    ("check.forget", "清除在界面中按 T 为此日志指定的写法（不改动日志）"),
    ("check.explain", "不列出问题，而是说明日志是怎样识别的，哪些是推测"),
    (
        "refs",
        "查看一个 PDF 引用了日志中的哪些论文\n\n结果包括条目和待读项。PDF 本身不必在日志中。只读取它的参考文献列表，只匹配标题相同或几乎相同的论文。不会联网。",
    ),
    ("refs.file", "PDF 文件"),
    ("refs.json", "输出 JSON"),
    (
        "library",
        "列出日志中没有的 PDF（既无条目，也不在待读清单中）\n\n在日志所在的文件夹，或设置“pdf-folders”指定的文件夹及其子文件夹中查找。每个 PDF 只读取一次，有变化时才重新读取。",
    ),
    ("library.json", "输出 JSON"),
    ("completions", "输出 shell 补全脚本，可补全命令、标题和待读项"),
    ("completions.shell", "shell 的名称"),
    ("man", "输出程序或某个命令的手册页"),
    ("man.command", "命令的名称 [默认：程序本身]"),
    (
        "export",
        "导出日志，供其他程序或浏览器使用\n\nCSV 中可能被电子表格当作公式的单元格，前面会加上单引号（'）。HTML 是单个文件：4 MB 以内的图片嵌入其中，更大的只放链接。",
    ),
    ("export.format", "导出格式"),
    ("help", "显示帮助"),
    ("export.output", "写入此文件，而不是标准输出；“-”表示标准输出"),
    ("export.bom", "在 CSV 开头写入 BOM，避免 Excel 显示乱码"),
];

/// Arguments that every command has.
const COMMON: &[(&str, &str)] = &[("help", "显示帮助"), ("version", "显示版本")];

const AFTER: &str = "\
环境变量：
  PAPERS_TUI_LOG       未指定日志时打开的日志
  PAPERS_TUI_CONFIG    设置文件的路径，代替默认路径
  PAPERS_TUI_LANG      界面语言：en、zh
  PAPERS_TUI_PICTURES  图片的显示方式：auto、off、kitty、sixel、iterm2、halfblocks
  PAPERS_TUI_TODAY     用作“今天”的日期
  PAPERS_TUI_WATCH     检查文件变化的间隔（秒）；设置后不再使用系统的变更通知
  NO_COLOR             设置后不使用颜色";

const TEMPLATE: &str = "{before-help}{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// Replaces the colons after headings with full-width ones; clap writes `选项:`.
pub fn with_wide_colons(help: &str) -> String {
    let headings = ["命令", "参数", "选项", "全局选项"];
    let widened = |line: &str| match headings.iter().any(|heading| line.contains(&format!("{heading}:"))) {
        true if !line.starts_with(' ') => line.replacen(':', "：", 1),
        _ => line.to_owned(),
    };
    help.split_inclusive('\n').map(widened).collect()
}

/// The help text of a command or, if `id` is given, of that argument of the command.
fn text(command: &str, id: Option<&str>) -> Option<&'static str> {
    let find = |table: &[(&str, &'static str)], name: &str| {
        table.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
    };
    match id {
        None => find(TEXTS, command),
        Some(id) => find(TEXTS, &format!("{command}.{id}"))
            .or_else(|| find(TEXTS, &format!(".{id}")))
            .or_else(|| find(COMMON, id)),
    }
}

/// The clap command with its help in Chinese.
pub fn translated(mut command: Command) -> Command {
    // Adds the `help` and `version` arguments, which need a translation too.
    command.build();
    one(command, "").after_help(AFTER)
}

fn one(mut command: Command, name: &str) -> Command {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", "[选项]").replace("<COMMAND>", "<命令>");
    let command = command
        .help_template(TEMPLATE)
        .override_usage(usage)
        .subcommand_help_heading("命令")
        .mut_args(|argument| {
            let heading = match argument.get_help_heading() {
                Some(GLOBAL) => "全局选项",
                _ if argument.is_positional() => "参数",
                _ => "选项",
            };
            let help = text(name, Some(argument.get_id().as_str()));
            argument_help(argument.help_heading(heading), help.unwrap_or_default())
        })
        .mut_subcommands(|command| {
            let name = command.get_name().to_owned();
            one(command, &name)
        });
    match text(name, None) {
        Some(text) => command.about(text.split("\n\n").next().unwrap_or_default()).long_about(text),
        None => command,
    }
}

/// Sets the help of an argument, including the possible values and the default, which clap would add in English.
fn argument_help(argument: Arg, text: &str) -> Arg {
    let values: Vec<String> = argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    let default: Vec<String> = argument.get_default_values().iter().map(|value| value.display().to_string()).collect();
    let mut text = text.to_owned();
    if argument.get_action().takes_values() && !values.is_empty() {
        text.push_str(&format!(" [可选值：{}]", values.join("、")));
    }
    if !default.is_empty() && argument.get_action().takes_values() {
        text.push_str(&format!(" [默认：{}]", default.join("、")));
    }
    argument.help(text.clone()).long_help(text).hide_possible_values(true).hide_default_value(true)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Cli;

    #[test]
    fn every_command_and_argument_is_translated() {
        let mut command = Cli::command();
        command.build();
        let commands = std::iter::once((String::new(), &command));
        let below = command.get_subcommands().filter(|below| below.get_name() != "help");
        for (name, command) in commands.chain(below.map(|below| (below.get_name().to_owned(), below))) {
            assert!(text(&name, None).is_some(), "“{name}” has no text");
            for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
                let id = argument.get_id().as_str();
                assert!(text(&name, Some(id)).is_some(), "“{name}.{id}” has no text");
            }
        }
    }

    #[test]
    fn every_translation_is_used() {
        let mut command = Cli::command();
        command.build();
        for (name, _) in TEXTS {
            let (name, id) = name.split_once('.').map_or((*name, None), |(name, id)| (name, Some(id)));
            let found = if name.is_empty() { Some(&command) } else { command.find_subcommand(name) };
            let found = found.unwrap_or_else(|| panic!("there is no command “{name}”"));
            let has = |id: &str| found.get_arguments().any(|argument| argument.get_id() == id);
            assert!(id.is_none_or(has), "“{name}” has no argument {id:?}");
        }
    }

    #[test]
    fn the_help_is_chinese() {
        let mut command = translated(Cli::command());
        let help = command.render_long_help().to_string();
        for text in ["用法：papers-tui [选项]", "列出读过的论文", "显示帮助", "[可选值：en、zh]", "环境变量："]
        {
            assert!(help.contains(text), "{text} is not in\n{help}");
        }
        for english in ["Print", "Possible", "Usage", "Options", "Arguments", "Commands"] {
            assert!(!help.contains(english), "{english} is in\n{help}");
        }
    }
}
