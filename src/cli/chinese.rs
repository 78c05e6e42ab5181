//! The help of the command line in Chinese. A test holds the table to the commands.

use clap::{Arg, Command};

/// Texts by the command's name and the argument's id; a second paragraph stands in the long help.
const TEXTS: &[(&str, &str)] = &[
    (
        "",
        "阅读和复习你用 Markdown 文件记录的论文日志\n\n不带子命令时打开三个窗格：哪天读了什么、笔记、还有什么要读。不指定 LOG 时，打开此文件夹或其所在仓库中最像日志的 Markdown 文件；没有则在界面中从打开过的日志里选择；再没有则打开内置示例。",
    ),
    (".logs", "日志：文件，或含有日志的文件夹"),
    (".no_pictures", "图只显示标题"),
    (".lang", "界面语言；默认随系统区域设置"),
    (".settings", "使用此设置文件，代替默认位置的"),
    ("list", "列出读过的论文，新的在前"),
    ("list.since", "只列这一天及以后：2023、2023.11、2023-11-05、上个月"),
    ("list.until", "只列这一天及以前"),
    ("list.unread", "尚未读的论文：方框未勾选"),
    ("list.json", "输出 JSON"),
    ("show", "显示一个条目，与窗格中所见相同"),
    ("show.query", "标题中的文字、键，或 line:N"),
    ("show.all", "所有条目"),
    ("show.width", "每行的列数 [默认：终端宽度，最多 100；管道中为 80]"),
    ("show.json", "输出 JSON，每个条目一行"),
    ("show.color", "是否使用颜色"),
    (
        "search",
        "按标题查找论文和待读条目，或在全文中查找\n\n词序不限，可用字母、词首或拼音；每个词都须匹配。'词 须逐字匹配，^词 须在标题开头，词$ 须在标题末尾，!词 不得出现。加 --text 时还可用 /正则表达式/。\n\n过滤与界面中的查找相同：date:2023.11、date:上个月、has:figures、is:due、org:谷歌、tag:大模型、file:、folder:、track:、sort:date。",
    ),
    ("search.query", "要查找的内容"),
    ("search.text", "在全文中逐行查找"),
    ("search.json", "输出 JSON"),
    ("pending", "列出待读清单，并给出每个条目的行号"),
    ("pending.all", "也列出已完成的"),
    ("pending.json", "输出 JSON"),
    ("tick", "勾选条目\n\n文件只改变这些条目的标记。如有一个找不到或不能确定，则什么都不改。"),
    ("tick.items", "条目的文字，全部或只有它才有的一部分；或 line:N"),
    ("tick.undo", "取消勾选"),
    ("review", "复习到期的论文；或列出它们，或导出评分历史\n\n不带选项时打开复习界面；没有终端时列出到期的论文。"),
    ("review.due", "列出到期的论文，以及各评分对应的间隔天数"),
    ("review.json", "输出 JSON"),
    ("review.export", "将全部评分历史以 JSON 行写入 FILE；“-”为标准输出"),
    ("review.import", "加入导出的评分历史；“-”为标准输入"),
    ("stats", "数量、连续天数与间隔"),
    ("stats.json", "输出 JSON"),
    ("week", "一周小结（Markdown）"),
    ("week.date", "该周中的一天；默认今天"),
    ("week.goal", "一周的目标，以论文篇数或日志所用的单位计"),
    (
        "add",
        "向待读清单添加条目\n\n给出 PDF 时，条目为其首页上的标题；给出 arXiv 地址时，为库中该编号 PDF 的标题。不联网。",
    ),
    ("add.text", "条目的文字、PDF 的路径，或 arXiv 地址"),
    ("add.under", "放在此条目之下；用文字或 line:N 指定"),
    (
        "import",
        "将文献库中的论文加入待读清单\n\nFILE 是 BibTeX、CSL-JSON 或 RIS，Zotero 等文献管理软件都能导出。日志中已有的（按标题、DOI 或 arXiv 编号）会指出，不再添加。作者、出处等保存在日志旁，随“export”一起输出。一次“undo”即可全部撤销。",
    ),
    ("import.file", "文献库文件；“-”为标准输入"),
    ("import.json", "输出 JSON"),
    (
        "log",
        "写一个新条目，并给出它所在的行\n\n缺少的日期和月份标题会按日志自己的形式和顺序补上。每篇论文（或每天）一个文件时，会按其他文件的命名和格式新建文件。\n\n给出 PDF，或其 PDF 在库中的 arXiv 地址时，填好标题、年月和作者或机构。不联网。",
    ),
    ("log.title", "论文标题、其 PDF 的路径，或其 arXiv 地址"),
    ("log.date", "阅读日期；默认今天"),
    ("log.under", "写在此标题之下，用于没有日期的日志"),
    ("log.from", "同时勾选待读清单中的此条目；用文字或 line:N 指定"),
    (
        "undo",
        "撤销本程序所做的、仍然有效的最后一次修改\n\n无论是在窗格中还是用命令做的，也不论是这次还是之前运行时做的。如果相同的行之后又有别的修改，则什么都不写，并说明原因。",
    ),
    ("undo.list", "改为列出可以撤销的修改，新的在前"),
    ("undo.json", "以 JSON 输出列表"),
    ("config", "输出全部默认设置及说明"),
    ("config.path", "改为输出设置文件的位置，并指出其中的问题"),
    (
        "check",
        "指出日志中的问题；有问题时退出状态为 1\n\n每个问题一行，“文件:行: 说明”，编辑器可以跳转。缺少的图片很多时合为一行。\n\n加 --fix 时修正可以确定的：与唯一文件只差大小写或文件夹的图片路径、不合 HTML 规则的标签、一天有两个标题、缺少的月份标题、与前后不符的年份、写法与其他日期不同的标题。每处是一次独立的修改，可用“papers-tui undo”撤销。不能确定的，在终端中逐一询问。",
    ),
    ("check.fix", "修正可以修正的问题"),
    ("check.dry_run", "只说明 --fix 会做什么，不做修改"),
    ("check.all", "每张缺少的图片各占一行"),
    ("check.json", "输出 JSON"),
    ("check.forget", "改为忘掉在界面中教过的写法"),
    ("check.explain", "改为说明每个文件是怎样读的：日期和标题写在哪里，哪些是猜测"),
    (
        "refs",
        "指出一个 PDF 引用了日志中的哪些条目和待读条目\n\nPDF 不必是日志中的论文。不联网：只读 PDF 自己的参考文献列表，只列出与标题逐字相同或几乎相同的。",
    ),
    ("refs.file", "PDF 文件"),
    ("refs.json", "输出 JSON"),
    (
        "library",
        "列出没有任何条目或待读条目对应的 PDF\n\nPDF 位于日志所在文件夹，或设置 pdf-folders 指定的文件夹。每个只读一次，变化后重读。",
    ),
    ("library.json", "输出 JSON"),
    ("completions", "输出 shell 补全脚本，可补全命令、标题和条目"),
    ("completions.shell", "哪种 shell"),
    ("man", "输出手册页：程序的，或某个命令的"),
    ("man.command", "哪个命令"),
    (
        "export",
        "导出日志，供其他程序或浏览器使用\n\nCSV 中会被电子表格当作公式的单元格前加 '。HTML 是单个文件：不超过 4 MB 的图片嵌入其中，更大的以链接表示。",
    ),
    ("export.format", "导出格式"),
    ("help", "显示帮助"),
    ("export.output", "写入此文件，而不是标准输出"),
    ("export.bom", "CSV 以字节顺序标记开头，供 Excel 识别"),
];

/// Texts that stand with every command that has them.
const COMMON: &[(&str, &str)] = &[("help", "显示帮助"), ("version", "显示版本")];

const AFTER: &str = "\
环境变量：
  PAPERS_TUI_LOG    未指定时使用的日志
  PAPERS_TUI_TODAY  作为今天的日期
  PAPERS_TUI_CONFIG 使用的设置文件，代替默认位置的
  PAPERS_TUI_LANG   界面语言：en、zh
  PAPERS_TUI_WATCH  每隔这么多秒检查一次文件，而不由系统通知文件变化
  NO_COLOR          不使用颜色
  PAPERS_TUI_PICTURES
                    图的显示方式：auto、off、kitty、sixel、iterm2、halfblocks";

const TEMPLATE: &str = "{before-help}{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// The text of a command or, with an id, of one of its arguments.
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

/// The same commands with their help in Chinese.
pub fn translated(mut command: Command) -> Command {
    // Only then it has its arguments for help and version.
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
            let heading = if argument.is_positional() { "参数" } else { "选项" };
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

/// What clap would add in English is a part of the text.
fn argument_help(argument: Arg, text: &str) -> Arg {
    let values: Vec<String> = argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    let default: Vec<String> = argument.get_default_values().iter().map(|value| value.display().to_string()).collect();
    let mut text = text.to_owned();
    if argument.get_action().takes_values() && !values.is_empty() {
        text.push_str(&format!(" [可选：{}]", values.join("、")));
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
    fn every_command_and_argument_has_its_text() {
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
    fn every_text_has_its_command_or_argument() {
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
        for text in ["用法：papers-tui [选项]", "列出读过的论文", "显示帮助", "[可选：en、zh]", "环境变量："]
        {
            assert!(help.contains(text), "{text} is not in\n{help}");
        }
        for english in ["Print", "Possible", "Usage", "Options", "Arguments", "Commands"] {
            assert!(!help.contains(english), "{english} is in\n{help}");
        }
    }
}
