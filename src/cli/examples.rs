//! What the help teaches by example. A test holds every line to the commands.

use clap::Command;

use crate::text::width;
use crate::words::Language;

/// By the command's name: lines, and what they do in English and in Chinese.
const EXAMPLES: &[(&str, &[[&str; 3]])] = &[
    (
        "",
        &[
            ["papers-tui notes/papers.md", "open a log", "打开一个日志"],
            ["papers-tui show emu2", "read one summary without the panes", "不打开窗格，直接阅读一篇笔记"],
            ["papers-tui tick \"Let's Verify\"", "tick an item off", "勾选一个条目"],
        ],
    ),
    (
        "list",
        &[
            ["papers-tui list --since 2025-01-01", "since the first of a year", "某年第一天以来"],
            ["papers-tui list --since 2025.3.1 --until 2025.3.31", "in one month", "某一个月"],
            ["papers-tui list --json", "for other programs", "供其他程序使用"],
        ],
    ),
    (
        "show",
        &[
            ["papers-tui show flashattention", "the entry with this in its title", "标题中含有此文字的条目"],
            ["papers-tui show line:120", "the entry that holds a line", "包含某一行的条目"],
            ["papers-tui show --all --width 72", "the whole log", "整个日志"],
        ],
    ),
    (
        "search",
        &[
            ["papers-tui search moe", "by letters of a title, or pinyin", "按标题字母或拼音"],
            ["papers-tui search \"^flash !v3\"", "titles that begin so, and have no v3", "以此开头且不含 v3 的标题"],
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
            ["papers-tui pending", "what is open", "还没有读的"],
            ["papers-tui pending --all --json", "all of it, for other programs", "全部，供其他程序使用"],
        ],
    ),
    (
        "tick",
        &[
            ["papers-tui tick \"Let's Verify\"", "by a part of its text", "按部分文字"],
            ["papers-tui tick line:14 line:15", "by the lines that pending says", "按 pending 给出的行号"],
            ["papers-tui tick --undo line:14", "open again", "取消勾选"],
        ],
    ),
    (
        "review",
        &[
            ["papers-tui review", "review what is due", "复习到期的论文"],
            ["papers-tui review --due", "only list it", "只列出"],
            ["papers-tui review --export grades.jsonl", "the history of all grades", "全部评分历史"],
        ],
    ),
    (
        "stats",
        &[
            ["papers-tui stats", "counts, streaks and gaps", "数量、连续天数和间隔"],
            ["papers-tui stats --json", "for other programs", "供其他程序使用"],
        ],
    ),
    (
        "week",
        &[
            ["papers-tui week", "this week", "本周"],
            ["papers-tui week --date 2025-03-09 --goal 5", "another one, with a goal", "另一周，并设目标"],
        ],
    ),
    (
        "add",
        &[
            ["papers-tui add \"Kimi k1.5\"", "at the end of the list", "加到清单末尾"],
            ["papers-tui add \"Kimi k1.5\" --under attention", "below an item", "加到某个条目之下"],
            ["papers-tui add papers/new.pdf", "a PDF, by its title", "一个 PDF，取其标题"],
        ],
    ),
    (
        "log",
        &[
            ["papers-tui log \"Kimi k1.5: Scaling RL\"", "an entry for today", "今天的条目"],
            ["papers-tui log \"Kimi k1.5\" --from \"Kimi k1.5\"", "and settle the item", "同时完成待读条目"],
            ["papers-tui log \"LoRA\" --date 2025-03-09", "for another day", "另一天的条目"],
            ["papers-tui log \"LoRA\" --under adapters", "in a log without dates", "没有日期的日志"],
            ["papers-tui log papers/new.pdf", "a PDF: title, month, by whom", "一个 PDF：标题、年月、作者或机构"],
        ],
    ),
    (
        "undo",
        &[
            ["papers-tui undo", "the last change", "撤销最后一次修改"],
            ["papers-tui undo --list", "what can be undone, with its day", "可以撤销的修改及其日期"],
        ],
    ),
    (
        "check",
        &[
            ["papers-tui check", "what is wrong, by file and line", "按文件和行指出问题"],
            ["papers-tui check --fix --dry-run", "what could be mended", "可以修正什么"],
            ["papers-tui check --fix", "mend it, asking where it is not certain", "修正；不能确定的会询问"],
            ["papers-tui check --json", "for other programs", "供其他程序使用"],
            ["papers-tui check --explain", "how the log was read, and what was guessed", "日志是怎样读的，哪些是猜测"],
        ],
    ),
    (
        "refs",
        &[
            ["papers-tui refs new.pdf", "what of the log a new paper stands on", "一篇新论文引用了日志中的哪些论文"],
            ["papers-tui refs new.pdf --json", "for other programs", "供其他程序使用"],
        ],
    ),
    (
        "library",
        &[
            ["papers-tui library", "the PDFs that are not in the log", "日志中没有的 PDF"],
            ["papers-tui library --json", "for other programs", "供其他程序使用"],
        ],
    ),
    (
        "import",
        &[
            ["papers-tui import zotero.bib", "its papers, into the pending list", "将其中的论文加入待读清单"],
            ["papers-tui import refs.json --json", "for other programs", "供其他程序使用"],
        ],
    ),
    (
        "export",
        &[
            ["papers-tui export --format html -o log.html", "a page for browsers", "供浏览器阅读的网页"],
            ["papers-tui export --format bibtex -o papers.bib", "for a bibliography", "供参考文献使用"],
            ["papers-tui export --format csl-json -o papers.json", "for Zotero and Pandoc", "供 Zotero 和 Pandoc 使用"],
            ["papers-tui export --format json", "the whole model", "整个模型"],
        ],
    ),
    (
        "completions",
        &[
            ["source <(papers-tui completions bash)", "in ~/.bashrc", "写在 ~/.bashrc 中"],
            ["papers-tui completions fish | source", "in fish's config.fish", "写在 fish 的 config.fish 中"],
        ],
    ),
    (
        "man",
        &[
            ["papers-tui man | man -l -", "read it", "阅读"],
            ["papers-tui man list > papers-tui-list.1", "the page of one command", "一个命令的手册页"],
        ],
    ),
    (
        "config",
        &[
            ["papers-tui config", "all settings with what they are for", "全部设置及说明"],
            ["papers-tui config --path", "where they are read from", "设置文件的位置"],
        ],
    ),
];

/// The commands with their examples below the help.
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
    fn every_command_has_examples_that_it_understands() {
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
