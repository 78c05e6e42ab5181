//! The examples in the help. A test checks that every line is a valid command.

use clap::Command;

use crate::text::width;
use crate::words::Language;

/// For each command: example lines, each with what it does, in English and in Chinese.
const EXAMPLES: &[(&str, &[[&str; 3]])] = &[
    (
        "",
        &[
            ["papers-tui notes/papers.md", "open a log", "打开日志"],
            ["papers-tui show emu2", "read one summary without opening the interface", "不打开界面，直接阅读一篇笔记"],
            ["papers-tui tick \"Let's Verify\"", "tick off an item", "勾选一个待读项"],
        ],
    ),
    (
        "list",
        &[
            ["papers-tui list --since 2025-01-01", "papers read since a date", "某个日期以来读过的论文"],
            ["papers-tui list --since 2025.3.1 --until 2025.3.31", "papers read in one month", "某个月读过的论文"],
            ["papers-tui list --json", "as JSON, for other programs", "输出 JSON，供其他程序使用"],
        ],
    ),
    (
        "show",
        &[
            ["papers-tui show flashattention", "the entry with this title", "此标题的条目"],
            ["papers-tui show line:120", "the entry at a line", "该行所在的条目"],
            ["papers-tui show --all --width 72", "every entry", "所有条目"],
        ],
    ),
    (
        "search",
        &[
            ["papers-tui search moe", "by letters in the title, or by pinyin", "按标题中的字母或拼音"],
            [
                "papers-tui search \"^flash !v3\"",
                "titles that start with flash and lack v3",
                "以 flash 开头且不含 v3 的标题",
            ],
            [
                "papers-tui search --text \"/kv.?cache/\"",
                "a regular expression in the text",
                "在全文中用正则表达式查找",
            ],
        ],
    ),
    (
        "pending",
        &[
            ["papers-tui pending", "the open items", "未完成的待读项"],
            ["papers-tui pending --all --json", "every item as JSON", "以 JSON 输出全部待读项"],
        ],
    ),
    (
        "tick",
        &[
            ["papers-tui tick \"Let's Verify\"", "by part of its text", "按部分文字指定"],
            [
                "papers-tui tick line:14 line:15",
                "by the line numbers that “pending” prints",
                "按“pending”列出的行号指定",
            ],
            ["papers-tui tick --undo line:14", "untick it", "取消勾选"],
        ],
    ),
    (
        "review",
        &[
            ["papers-tui review", "review what is due", "复习到期的论文"],
            ["papers-tui review --due", "only list what is due", "只列出要复习的论文"],
            ["papers-tui review --export grades.jsonl", "save the history of all grades", "保存全部评分历史"],
        ],
    ),
    (
        "stats",
        &[
            ["papers-tui stats", "counts, streaks and gaps", "论文数、连续阅读天数和最长间隔"],
            ["papers-tui stats --json", "as JSON, for other programs", "输出 JSON，供其他程序使用"],
        ],
    ),
    (
        "week",
        &[
            ["papers-tui week", "this week", "本周"],
            ["papers-tui week --date 2025-03-09 --goal 5", "another week, with a goal", "另一周，并设置目标"],
        ],
    ),
    (
        "add",
        &[
            ["papers-tui add \"Kimi k1.5\"", "at the end of the list", "加到清单末尾"],
            ["papers-tui add \"Kimi k1.5\" --under attention", "as a sub-item", "添加为某一项的子项"],
            ["papers-tui add papers/new.pdf", "the title of a PDF", "添加此 PDF 的标题"],
        ],
    ),
    (
        "log",
        &[
            ["papers-tui log \"Kimi k1.5: Scaling RL\"", "an entry for today", "今天读的论文"],
            ["papers-tui log \"Kimi k1.5\" --from \"Kimi k1.5\"", "and tick the pending item", "同时勾选待读项"],
            ["papers-tui log \"LoRA\" --date 2025-03-09", "for another day", "另一天读的论文"],
            ["papers-tui log \"LoRA\" --under adapters", "in a log without dates", "用于没有日期的日志"],
            [
                "papers-tui log papers/new.pdf",
                "a PDF, with its title, month and authors",
                "PDF：自动填写标题、年月、作者或机构",
            ],
        ],
    ),
    (
        "undo",
        &[
            ["papers-tui undo", "undo the last change", "撤销最后一次修改"],
            ["papers-tui undo --list", "list what can be undone, with dates", "列出可以撤销的修改及其日期"],
        ],
    ),
    (
        "check",
        &[
            ["papers-tui check", "list problems by file and line", "按文件和行号列出问题"],
            ["papers-tui check --fix --dry-run", "preview the fixes", "预览可以做的修正"],
            ["papers-tui check --fix", "fix problems, asking when unsure", "修正问题，不确定时询问"],
            ["papers-tui check --json", "as JSON, for other programs", "输出 JSON，供其他程序使用"],
            ["papers-tui check --explain", "how the log was read, including guesses", "日志是怎样识别的，哪些是推测"],
        ],
    ),
    (
        "refs",
        &[
            ["papers-tui refs new.pdf", "papers in the log that a new paper cites", "一篇新论文引用了日志中的哪些论文"],
            ["papers-tui refs new.pdf --json", "as JSON, for other programs", "输出 JSON，供其他程序使用"],
        ],
    ),
    (
        "library",
        &[
            ["papers-tui library", "PDFs that are not in the log", "日志中没有的 PDF"],
            ["papers-tui library --json", "as JSON, for other programs", "输出 JSON，供其他程序使用"],
        ],
    ),
    (
        "import",
        &[
            ["papers-tui import zotero.bib", "add its papers to the pending list", "将其中的论文加入待读清单"],
            ["papers-tui import refs.json --json", "print the result as JSON", "输出 JSON，供其他程序使用"],
        ],
    ),
    (
        "export",
        &[
            ["papers-tui export --format html -o log.html", "a web page", "网页"],
            ["papers-tui export --format bibtex -o papers.bib", "for LaTeX", "供 LaTeX 使用"],
            ["papers-tui export --format csl-json -o papers.json", "for Zotero and Pandoc", "供 Zotero 和 Pandoc 使用"],
            ["papers-tui export --format json", "everything, for other programs", "全部内容，供其他程序使用"],
        ],
    ),
    (
        "completions",
        &[
            ["source <(papers-tui completions bash)", "for bash, in ~/.bashrc", "用于 bash，写在 ~/.bashrc 中"],
            ["papers-tui completions fish | source", "for fish, in config.fish", "写在 fish 的 config.fish 中"],
        ],
    ),
    (
        "man",
        &[
            ["papers-tui man | man -l -", "read the manual", "阅读手册"],
            ["papers-tui man list > papers-tui-list.1", "the page of one command", "一个命令的手册页"],
        ],
    ),
    (
        "config",
        &[
            ["papers-tui config", "all settings, with comments", "全部设置及说明"],
            ["papers-tui config --path", "the path of the settings file", "设置文件的路径"],
        ],
    ),
];

/// Adds the examples below the help of every command.
pub fn with_examples(command: Command, language: Language) -> Command {
    let own = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let all = [text("", language), own].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
    command.after_help(all).mut_subcommands(|below| {
        let text = text(below.get_name(), language);
        if text.is_empty() { below } else { below.after_help(text) }
    })
}

fn text(command: &str, language: Language) -> String {
    let found = EXAMPLES.iter().find(|(name, _)| *name == command);
    let examples = found.map(|(_, examples)| *examples).unwrap_or_default();
    let columns = examples.iter().map(|[line, ..]| width(line)).max().unwrap_or(0);
    let lines = examples.iter().map(|[line, english, chinese]| {
        format!("\n  {line}{}  {}", " ".repeat(columns - width(line)), language.pick(english, chinese))
    });
    let lines: String = lines.collect();
    if lines.is_empty() { lines } else { format!("{}{lines}", language.pick("Examples:", "示例：")) }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Cli;

    #[test]
    fn examples_of_every_command_parse() {
        let mut command = Cli::command();
        command.build();
        for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
            assert!(EXAMPLES.iter().any(|(name, _)| *name == below.get_name()), "{}", below.get_name());
        }
        for (name, examples) in EXAMPLES {
            for [line, ..] in *examples {
                let line = line.trim_start_matches("source <(").trim_end_matches(')');
                let line = line.split(['|', '>']).next().unwrap_or_default();
                let words = shell_words::split(line).expect(line);
                let matches = Cli::command().try_get_matches_from(words).unwrap_or_else(|error| panic!("{error}"));
                let own = name.is_empty() || matches.subcommand_name() == Some(name);
                assert!(own, "{line}");
            }
        }
    }
}
