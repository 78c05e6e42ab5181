//! Keys of the overlays, and those that work everywhere.

use crate::app::keys::action::Action;
use crate::app::keys::bind::{bind, char, ctrl, key};
use crate::app::keys::context::*;
use crate::app::keys::key::Code;
use crate::review::history::Grade;

pub(super) const OVERLAY_BINDINGS: &[Binding] = &[
    bind!(
        FIGURE,
        [char('J'), char('j'), char('l'), key(Code::Down), key(Code::Right), char(' ')],
        Action::MoveFigures(1),
        "next figure" / "下一张图",
        "next" / "下一张"
    ),
    bind!(
        FIGURE,
        [char('K'), char('k'), char('h'), key(Code::Up), key(Code::Left)],
        Action::MoveFigures(-1),
        "previous figure" / "上一张图",
        "previous" / "上一张"
    ),
    bind!(
        FIGURE,
        [char('o')],
        Action::OpenOutside,
        "open it in another program" / "用其他程序打开",
        "open" / "用其他程序打开"
    ),
    bind!(FIGURE, [key(Code::Esc), char('i'), char('q')], Action::Cancel, "close" / "关闭", "close" / "关闭"),
    bind!(FINDER, [key(Code::Enter)], Action::Open, "go to the paper" / "转到该论文", "go to it" / "转到"),
    bind!(EVERYWHERE, [key(Code::Enter)], Action::Open, "go to the match" / "转到该处", "go there" / "转到"),
    bind!(LOGS, [key(Code::Enter)], Action::Open, "open the log" / "打开该日志", "open" / "打开"),
    bind!(PALETTE, [key(Code::Enter)], Action::Open, "run the command" / "执行命令", "run" / "执行"),
    bind!(QUERIES, [key(Code::Down), ctrl('n'), ctrl('j')], Action::Move(1), "next line" / "下一行", "next" / "下一个"),
    bind!(QUERIES, [key(Code::Up), ctrl('p'), ctrl('k')], Action::Move(-1), "previous line" / "上一行"),
    bind!(QUERIES, [key(Code::PageDown)], Action::MoveHalfPages(2), "a page down" / "列表下翻一页"),
    bind!(QUERIES, [key(Code::PageUp)], Action::MoveHalfPages(-2), "a page up" / "列表上翻一页"),
    bind!(QUERIES, [key(Code::Esc)], Action::Cancel, "go back to where you were" / "返回原处", "back" / "返回"),
    bind!(
        SHEET,
        [char('/')],
        Action::SearchPage,
        "show only matching lines" / "只显示包含指定文字的行",
        "filter" / "筛选"
    ),
    bind!(SHEET, [key(Code::Esc), char('?'), char('q')], Action::Cancel, "close" / "关闭", "close" / "关闭"),
    bind!(
        TEACH,
        [key(Code::Enter)],
        Action::Open,
        "choose how to read this line" / "指定这一行是什么",
        "choose" / "选定"
    ),
    bind!(
        TEACH,
        [char('x')],
        Action::Forget,
        "list your corrections, to remove any of them" / "列出手动指定的写法，可逐一清除",
        "forget" / "清除"
    ),
    bind!(TEACH, [key(Code::Tab)], Action::FocusNext, "next file" / "下一个文件", "file" / "文件"),
    bind!(TEACH, [char('e')], Action::Edit, "edit this line in your editor" / "在编辑器中打开这一行", "edit" / "编辑"),
    bind!(TEACH, [key(Code::Esc), char('q')], Action::Cancel, "back" / "返回", "back" / "返回"),
    bind!(PICKER, [key(Code::Enter)], Action::Open, "choose" / "选择", "choose" / "选择"),
    bind!(PICKER, [char('m')], Action::Fix, "fix this problem" / "修正这个问题", "fix" / "修正"),
    bind!(
        PICKER,
        [char('M')],
        Action::FixAll,
        "fix everything that can be fixed automatically" / "修正全部可修正的问题",
        "fix all" / "全部修正"
    ),
    bind!(PICKER, [key(Code::Esc), char('q')], Action::Cancel, "close" / "关闭", "close" / "关闭"),
    bind!(LIBRARY, [key(Code::Enter)], Action::Open, "open the PDF" / "打开 PDF", "open" / "打开"),
    bind!(
        LIBRARY,
        [char('m')],
        Action::LogItem,
        "log it: write an entry for it" / "记为已读（新建条目）",
        "log it" / "记为已读"
    ),
    bind!(
        LIBRARY,
        [char('a')],
        Action::AddItem,
        "add it to the pending list" / "加入待读清单",
        "add to pending" / "加入待读"
    ),
    bind!(LIBRARY, [key(Code::Esc), char('q')], Action::Cancel, "close" / "关闭", "close" / "关闭"),
    bind!(PROMPT, [key(Code::Enter)], Action::Open, "done" / "完成", "done" / "完成"),
    bind!(PROMPT, [key(Code::Esc)], Action::Cancel, "cancel" / "取消", "cancel" / "取消"),
    bind!(
        QUIZ,
        [char(' ')],
        Action::Reveal,
        "show the next point of the summary" / "显示笔记的下一个要点",
        "next point" / "下一要点"
    ),
    bind!(
        QUIZ,
        [key(Code::Enter)],
        Action::RevealAll,
        "show the whole summary" / "显示整篇笔记",
        "show all" / "显示全部"
    ),
    bind!(
        QUIZ,
        [char('1')],
        Action::Grade(Grade::Again),
        "again: forgotten; asked again today" / "重来（忘了，今天再复习一次）"
    ),
    bind!(QUIZ, [char('2')], Action::Grade(Grade::Hard), "hard: remembered with effort" / "困难（费力才想起）"),
    bind!(QUIZ, [char('3')], Action::Grade(Grade::Good), "good: remembered" / "良好（想起来了）"),
    bind!(QUIZ, [char('4')], Action::Grade(Grade::Easy), "easy: remembered at once" / "简单（立刻想起）"),
    bind!(QUIZ, [char('u')], Action::UndoGrade, "undo the last grade" / "撤销上一次评分", "undo" / "撤销评分"),
    bind!(
        QUIZ,
        [key(Code::Esc), char('q')],
        Action::Cancel,
        "leave; your grades are saved" / "离开；评分已保存",
        "leave" / "离开"
    ),
    bind!(
        QUIZ,
        [char('@')],
        Action::SuspendReview,
        "stop reviewing this paper" / "不再复习这篇论文",
        "stop this one" / "不再复习"
    ),
    bind!(QUIZ, [char('j'), key(Code::Down)], Action::Move(1), "down" / "向下"),
    bind!(QUIZ, [char('k'), key(Code::Up)], Action::Move(-1), "up" / "向上"),
    bind!(QUIZ, [char('f'), key(Code::PageDown)], Action::MoveHalfPages(2), "a page down" / "下翻一页"),
    bind!(QUIZ, [char('b'), key(Code::PageUp)], Action::MoveHalfPages(-2), "a page up" / "上翻一页"),
    bind!(QUIZ, [char('?'), key(Code::F(1))], Action::ShowHelp, "show these keys" / "显示快捷键"),
    bind!(CALENDAR, [key(Code::Enter)], Action::Open, "go to this day" / "转到这一天", "go there" / "转到"),
    bind!(CALENDAR, [key(Code::Esc), char('c'), char('q')], Action::Cancel, "close" / "关闭", "close" / "关闭"),
    bind!(CALENDAR, [char('h'), key(Code::Left)], Action::MoveDays(-1), "previous day" / "前一天", "day" / "天"),
    bind!(CALENDAR, [char('l'), key(Code::Right)], Action::MoveDays(1), "next day" / "后一天", "day" / "天"),
    bind!(CALENDAR, [char('j'), key(Code::Down)], Action::MoveDays(7), "next week" / "下一周", "week" / "周"),
    bind!(CALENDAR, [char('k'), key(Code::Up)], Action::MoveDays(-7), "previous week" / "上一周", "week" / "周"),
    bind!(
        CALENDAR,
        [char('{'), key(Code::PageUp)],
        Action::MoveMonths(-1),
        "previous month" / "上一个月",
        "month" / "月"
    ),
    bind!(CALENDAR, [char('}'), key(Code::PageDown)], Action::MoveMonths(1), "next month" / "下一个月", "month" / "月"),
    bind!(
        CALENDAR,
        [char('S')],
        Action::ShowStatistics,
        "show this day in the statistics" / "在统计中显示这一天",
        "statistics" / "统计"
    ),
    bind!(STATISTICS, [key(Code::Enter)], Action::Open, "go to this day" / "转到这一天", "go there" / "转到"),
    bind!(STATISTICS, [key(Code::Esc), char('S'), char('q')], Action::Cancel, "close" / "关闭", "close" / "关闭"),
    bind!(
        STATISTICS,
        [char('j'), key(Code::Down)],
        Action::MoveDays(1),
        "next day on the heat map" / "热力图上的后一天",
        "day" / "天"
    ),
    bind!(
        STATISTICS,
        [char('k'), key(Code::Up)],
        Action::MoveDays(-1),
        "previous day on the heat map" / "热力图上的前一天",
        "day" / "天"
    ),
    bind!(STATISTICS, [char('h'), key(Code::Left)], Action::MoveDays(-7), "previous week" / "上一周", "week" / "周"),
    bind!(STATISTICS, [char('l'), key(Code::Right)], Action::MoveDays(7), "next week" / "下一周", "week" / "周"),
    bind!(STATISTICS, [char('{')], Action::MoveMonths(-1), "previous month" / "上一个月", "month" / "月"),
    bind!(STATISTICS, [char('}')], Action::MoveMonths(1), "next month" / "下一个月", "month" / "月"),
    bind!(
        STATISTICS,
        [char('c')],
        Action::ShowCalendar,
        "show this day in the calendar" / "在日历中显示这一天",
        "calendar" / "日历"
    ),
    bind!(
        STATISTICS,
        [char('d'), char(' ')],
        Action::MoveHalfPages(1),
        "half a page down" / "下翻半页",
        "scroll" / "滚动"
    ),
    bind!(STATISTICS, [char('u')], Action::MoveHalfPages(-1), "half a page up" / "上翻半页"),
    bind!(STATISTICS, [char('f'), key(Code::PageDown)], Action::MoveHalfPages(2), "a page down" / "下翻一页"),
    bind!(STATISTICS, [char('b'), key(Code::PageUp)], Action::MoveHalfPages(-2), "a page up" / "上翻一页"),
    bind!(STATISTICS, [char('g'), key(Code::Home)], Action::MoveToTop, "go to the top" / "到顶部"),
    bind!(STATISTICS, [char('G'), key(Code::End)], Action::MoveToBottom, "go to the bottom" / "到底部"),
    bind!(
        WEEK,
        [char('['), char('h'), key(Code::Left)],
        Action::MoveDays(-7),
        "previous week" / "上一周",
        "earlier" / "上一周"
    ),
    bind!(
        WEEK,
        [char(']'), char('l'), key(Code::Right)],
        Action::MoveDays(7),
        "next week" / "下一周",
        "later" / "下一周"
    ),
    bind!(WEEK, [char('{')], Action::MoveMonths(-1), "previous month" / "上一个月", "month" / "月"),
    bind!(WEEK, [char('}')], Action::MoveMonths(1), "next month" / "下一个月", "month" / "月"),
    bind!(WEEK, [key(Code::Esc), char('w'), char('q')], Action::Cancel, "close" / "关闭", "close" / "关闭"),
    bind!(ALL, [ctrl('c')], Action::Quit, "quit, from anywhere" / "退出（任何界面均可）"),
    bind!(ALL, [ctrl('z')], Action::SuspendToShell, "suspend to the shell; fg resumes" / "回到 shell；用 fg 返回"),
];
