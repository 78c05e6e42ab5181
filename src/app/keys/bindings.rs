//! The table of default key bindings, with descriptions in both languages. Help, hints and the palette are
//! generated from it, so they always agree with what the keys do.

use super::action::{Action, Order};
use super::bind::{alt, bind, char, ctrl, ctrl_key, key};
use super::context::*;
use super::key::Code;
use crate::app::screen::layout::Pane;
use crate::log::edit::Direction;
use crate::review::history::Grade;

/// All default bindings. Hints are shown in this order.
pub static BINDINGS: &[Binding] = &[
    bind!(
        CHECKLIST,
        [char(' '), char('x')],
        Action::ToggleTask,
        "tick or untick the item" / "勾选或取消勾选",
        "tick" / "勾选"
    ),
    bind!(CHECKLIST, [char('a')], Action::AddItem, "add an item after this one" / "在此项之后添加", "add" / "添加"),
    bind!(
        CHECKLIST,
        [char('m')],
        Action::LogItem,
        "log it as read, and tick it" / "记录为已读：新建条目并勾选此项",
        "log it" / "记录"
    ),
    bind!(CHECKLIST, [char('A')], Action::AddChild, "add a sub-item" / "添加子项"),
    bind!(CHECKLIST, [char('E')], Action::EditItem, "reword the item" / "修改待读项的文字", "reword" / "修改"),
    bind!(CHECKLIST, [char('X')], Action::DeleteItem, "delete the item and its sub-items" / "删除此项及其子项"),
    bind!(
        CHECKLIST,
        [alt(Code::Char('j')), alt(Code::Down)],
        Action::MoveItem(Direction::Down),
        "move the item down" / "下移此项"
    ),
    bind!(
        CHECKLIST,
        [alt(Code::Char('k')), alt(Code::Up)],
        Action::MoveItem(Direction::Up),
        "move the item up" / "上移此项"
    ),
    bind!(
        CHECKLIST,
        [char('>')],
        Action::MoveItem(Direction::In),
        "indent: make it a sub-item of the one above" / "缩进：成为上一项的子项"
    ),
    bind!(
        CHECKLIST,
        [char('<')],
        Action::MoveItem(Direction::Out),
        "outdent: move it up to its parent's level" / "取消缩进：与上级项并列"
    ),
    bind!(CHECKLIST, [char('/')], Action::FilterItems, "filter items by words" / "按文字筛选待读项", "filter" / "筛选"),
    bind!(
        CHECKLIST,
        [char('P')],
        Action::ToggleProse,
        "unfold or fold the text above the list" / "展开或收起清单上方的文字"
    ),
    bind!(
        CHECKLIST,
        [char('M')],
        Action::SortByCitations,
        "sort by citations from papers you have read" / "按引用它的已读论文数排序"
    ),
    bind!(
        CHECKLIST,
        [char('O')],
        Action::CycleShow,
        "switch between open, done and all items" / "切换显示：未完成、已完成、全部"
    ),
    bind!(
        READING,
        [char('j'), key(Code::Down)],
        Action::Move(1),
        "down; 5j moves down five lines" / "向下；5j 向下五行",
        "down" / "下"
    ),
    bind!(READING, [char('k'), key(Code::Up)], Action::Move(-1), "up" / "向上"),
    bind!(
        LISTS,
        [key(Code::Enter)],
        Action::Open,
        "open, or fold and unfold a month or group" / "打开；折叠或展开月份、分组",
        "open" / "打开"
    ),
    bind!(PANES, [char('s'), ctrl('p')], Action::Find, "find a paper by its title" / "按标题查找论文", "find" / "查找"),
    bind!(LISTS, [char('N'), ctrl('n')], Action::LogTitle, "write a new entry" / "新建条目", "new" / "新建"),
    bind!(PANES, [char('v')], Action::Review, "review what is due" / "复习到期的论文", "review" / "复习"),
    bind!(PANES, [ctrl('f')], Action::FindEverywhere, "find text everywhere in the log" / "在整个日志中查找文字"),
    bind!(PANES, [key(Code::Tab)], Action::FocusNext, "next pane" / "下一个窗格", "pane" / "窗格"),
    bind!(PANES, [key(Code::BackTab)], Action::FocusPrevious, "previous pane" / "上一个窗格"),
    bind!(PANES, [char('z')], Action::Zoom, "zoom the pane, or show all panes again" / "只显示此窗格；再按一次恢复"),
    bind!(
        PANES,
        [ctrl_key(Code::Left)],
        Action::MoveDivider(-1),
        "move the border between panes left" / "窗格分界线左移"
    ),
    bind!(
        PANES,
        [ctrl_key(Code::Right)],
        Action::MoveDivider(1),
        "move the border between panes right" / "窗格分界线右移"
    ),
    bind!(PANES, [ctrl_key(Code::Up)], Action::Heighten(1), "make Pending taller" / "增大待读清单高度"),
    bind!(PANES, [ctrl_key(Code::Down)], Action::Heighten(-1), "make Pending shorter" / "减小待读清单高度"),
    bind!(PANES, [char('1')], Action::Focus(Pane::Timeline), "go to Timeline" / "转到时间线"),
    bind!(PANES, [char('2')], Action::Focus(Pane::Page), "go to Summary" / "转到笔记"),
    bind!(PANES, [char('3')], Action::Focus(Pane::Checklist), "go to Pending" / "转到待读清单"),
    bind!(READING, [char('d')], Action::MoveHalfPages(1), "half a page down" / "向下半页"),
    bind!(READING, [char('u')], Action::MoveHalfPages(-1), "half a page up" / "向上半页"),
    bind!(READING, [char('f'), key(Code::PageDown)], Action::MoveHalfPages(2), "a page down" / "向下一页"),
    bind!(READING, [char('b'), key(Code::PageUp)], Action::MoveHalfPages(-2), "a page up" / "向上一页"),
    bind!(READING, [char('g'), key(Code::Home)], Action::MoveToTop, "go to the top" / "到顶部"),
    bind!(READING, [char('G'), key(Code::End)], Action::MoveToBottom, "go to the bottom" / "到底部"),
    bind!(
        PANES,
        [char('h'), key(Code::Left)],
        Action::Fold,
        "fold, or go to the pane on the left" / "折叠；无可折叠时转到左侧窗格"
    ),
    bind!(
        PANES,
        [char('l'), key(Code::Right)],
        Action::Unfold,
        "unfold, or go to the pane on the right" / "展开；无可展开时转到右侧窗格"
    ),
    bind!(
        PANES,
        [char('J')],
        Action::MovePapers(1),
        "next paper, from any pane" / "下一篇论文（任何窗格均可）",
        "next paper" / "下一篇"
    ),
    bind!(PANES, [char('K')], Action::MovePapers(-1), "previous paper, from any pane" / "上一篇论文（任何窗格均可）"),
    bind!(TIMELINE, [char('/')], Action::Find, "find a paper by its title" / "按标题查找论文"),
    bind!(TIMELINE, [char('{')], Action::MoveMonths(-1), "previous month" / "上一个月"),
    bind!(TIMELINE, [char('}')], Action::MoveMonths(1), "next month" / "下一个月"),
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
        "open outside" / "外部打开"
    ),
    bind!(FIGURE, [key(Code::Esc), char('i'), char('q')], Action::Cancel, "close" / "关闭", "close" / "关闭"),
    bind!(PANES, [char('U')], Action::Undo, "undo the last change" / "撤销上一次修改", "undo" / "撤销"),
    bind!(PANES, [ctrl('r')], Action::Redo, "redo" / "重做"),
    bind!(PANES, [char('B'), alt(Code::Char('o'))], Action::ListLogs, "open another log" / "打开另一份日志"),
    bind!(PANES, [char('r')], Action::Reload, "reload the log" / "重新读取日志"),
    bind!(
        PAGE,
        [key(Code::Enter), char('*')],
        Action::ListLinks,
        "list linked papers" / "列出相关论文（提及、被提及）",
        "links" / "关联"
    ),
    bind!(PAGE, [char('/')], Action::SearchPage, "search the summary" / "在笔记中查找文字", "search" / "页内查找"),
    bind!(PAGE, [char('n')], Action::NextHit, "next match in the summary" / "下一处匹配"),
    bind!(
        PAGE,
        [char('N')],
        Action::PreviousHit,
        "previous match, or a new entry if not searching" / "上一处匹配；未查找时新建条目"
    ),
    bind!(PAGE, [ctrl('n')], Action::LogTitle, "write a new entry" / "新建条目", "new" / "新建"),
    bind!(
        PAGE,
        [char(' '), char('x')],
        Action::ToggleTask,
        "tick or untick a task in the summary" / "勾选或取消勾选笔记中的任务"
    ),
    bind!(PANES, [char('e')], Action::Edit, "edit the selection in your editor" / "在编辑器中打开所选位置"),
    bind!(PANES, [char('W')], Action::ListTodo, "list everything left to do" / "列出所有待办事项"),
    bind!(
        PANES,
        [char('C')],
        Action::ListChanges,
        "list your changes, to undo any of them" / "列出所做的修改，可逐项撤销"
    ),
    bind!(PANES, [char('F')], Action::ListParts, "show only one file, folder or tag" / "只显示一个文件、文件夹或标签"),
    bind!(PANES, [char('!')], Action::Check, "list problems in the log" / "列出日志中的问题"),
    bind!(
        PANES,
        [char('R')],
        Action::ShowReading,
        "show how the log was read, and what was guessed" / "显示日志的识别结果和推测"
    ),
    bind!(
        PANES,
        [char('T')],
        Action::Teach,
        "correct how the log is read: point at a title" / "识别有误时，指定论文标题、日期或待读清单作为样例"
    ),
    bind!(LISTS, [char('*')], Action::ListLinks, "list linked papers" / "列出相关论文（提及、被提及）"),
    bind!(
        PANES,
        [char('#')],
        Action::ListHeadings,
        "list the headings and figures in the summary" / "列出笔记中的标题和图片"
    ),
    bind!(
        PANES,
        [ctrl('o'), key(Code::Backspace), alt(Code::Left)],
        Action::GoBack,
        "go back to where you were" / "返回原处"
    ),
    bind!(PANES, [alt(Code::Right)], Action::GoForward, "go forward again" / "前进"),
    bind!(
        PANES,
        [char('o')],
        Action::ListAddresses,
        "open a link or figure in another program" / "用其他程序打开页面中的链接或图片"
    ),
    bind!(PANES, [], Action::ListLibrary, "list PDFs that are not in the log" / "列出日志中没有的 PDF"),
    bind!(PANES, [char('p')], Action::OpenPdf, "open the paper's PDF" / "打开论文的 PDF"),
    bind!(PANES, [char('y')], Action::CopyTitle, "copy the title" / "复制标题"),
    bind!(PANES, [char('Y')], Action::CopyEntry, "copy the whole entry" / "复制整个条目"),
    bind!(PANES, [char('=')], Action::NameReference, "name a reference such as [1234]" / "为 [1234] 这样的引用命名"),
    bind!(FINDER, [key(Code::Enter)], Action::Open, "go to the paper" / "转到该论文", "go to it" / "转到"),
    bind!(EVERYWHERE, [key(Code::Enter)], Action::Open, "go to the match" / "转到该处", "go there" / "转到"),
    bind!(LOGS, [key(Code::Enter)], Action::Open, "open the log" / "打开该日志", "open" / "打开"),
    bind!(PALETTE, [key(Code::Enter)], Action::Open, "run the command" / "执行命令", "run" / "执行"),
    bind!(QUERIES, [key(Code::Down), ctrl('n'), ctrl('j')], Action::Move(1), "next line" / "下一行", "next" / "下一个"),
    bind!(QUERIES, [key(Code::Up), ctrl('p'), ctrl('k')], Action::Move(-1), "previous line" / "上一行"),
    bind!(QUERIES, [key(Code::PageDown)], Action::MoveHalfPages(2), "a page down" / "列表向下一页"),
    bind!(QUERIES, [key(Code::PageUp)], Action::MoveHalfPages(-2), "a page up" / "列表向上一页"),
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
        "choose how to read this line" / "选择这一行的识别方式",
        "choose" / "选定"
    ),
    bind!(
        TEACH,
        [char('x')],
        Action::Forget,
        "list your corrections, to remove any of them" / "列出指定过的写法，以便清除",
        "forget" / "清除"
    ),
    bind!(TEACH, [key(Code::Tab)], Action::FocusNext, "next file" / "下一个文件", "file" / "文件"),
    bind!(TEACH, [char('e')], Action::Edit, "edit this line in your editor" / "在编辑器中打开这一行", "edit" / "编辑"),
    bind!(TEACH, [key(Code::Esc), char('q')], Action::Cancel, "back" / "返回", "back" / "返回"),
    bind!(PICKER, [key(Code::Enter)], Action::Open, "choose" / "选择", "choose" / "选择"),
    bind!(PICKER, [char('m')], Action::Fix, "fix this problem of the log" / "修正日志的这个问题", "fix" / "修正"),
    bind!(
        PICKER,
        [char('M')],
        Action::FixAll,
        "fix every problem of the log whose fix is certain" / "修正日志中所有可以确定的问题",
        "fix all" / "全部修正"
    ),
    bind!(PICKER, [key(Code::Esc), char('q')], Action::Cancel, "close" / "关闭", "close" / "关闭"),
    bind!(LIBRARY, [key(Code::Enter)], Action::Open, "open the PDF" / "打开 PDF", "open" / "打开"),
    bind!(
        LIBRARY,
        [char('m')],
        Action::LogItem,
        "log it: write an entry for it" / "记录：为它新建条目",
        "log it" / "记录"
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
    bind!(PANES, [char(':')], Action::ShowPalette, "find a command by name" / "按名称查找命令", "commands" / "命令"),
    bind!(
        PANES,
        [],
        Action::ListThisDay,
        "list papers from the same day of earlier months" / "以前各月的今天读过的论文"
    ),
    bind!(PANES, [], Action::GoToAny, "go to a random entry" / "随机转到一个条目"),
    bind!(PANES, [], Action::FindSorted(Order::Date), "find papers, sorted by date read" / "查找论文，按阅读日期排序"),
    bind!(
        PANES,
        [],
        Action::FindSorted(Order::Published),
        "find papers, sorted by date published" / "查找论文，按发表日期排序"
    ),
    bind!(PANES, [], Action::FindSorted(Order::Title), "find papers, sorted by title" / "查找论文，按标题排序"),
    bind!(
        QUIZ,
        [char(' ')],
        Action::Reveal,
        "show the next point of the summary" / "显示笔记的下一个要点",
        "next point" / "下一要点"
    ),
    bind!(QUIZ, [key(Code::Enter)], Action::RevealAll, "show the whole summary" / "显示整篇笔记", "show all" / "全部"),
    bind!(
        QUIZ,
        [char('1')],
        Action::Grade(Grade::Again),
        "again: forgotten; asked again today" / "重来：忘了，今天再复习一次"
    ),
    bind!(QUIZ, [char('2')], Action::Grade(Grade::Hard), "hard: remembered with effort" / "困难：费力才想起"),
    bind!(QUIZ, [char('3')], Action::Grade(Grade::Good), "good: remembered" / "良好：想起来了"),
    bind!(QUIZ, [char('4')], Action::Grade(Grade::Easy), "easy: remembered at once" / "简单：立刻想起"),
    bind!(QUIZ, [char('u')], Action::UndoGrade, "undo the last grade" / "撤销上一次评分", "back" / "撤销"),
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
        "suspend" / "暂停"
    ),
    bind!(QUIZ, [char('j'), key(Code::Down)], Action::Move(1), "down" / "向下"),
    bind!(QUIZ, [char('k'), key(Code::Up)], Action::Move(-1), "up" / "向上"),
    bind!(QUIZ, [char('f'), key(Code::PageDown)], Action::MoveHalfPages(2), "a page down" / "向下一页"),
    bind!(QUIZ, [char('b'), key(Code::PageUp)], Action::MoveHalfPages(-2), "a page up" / "向上一页"),
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
        "half a page down" / "向下半页",
        "scroll" / "滚动"
    ),
    bind!(STATISTICS, [char('u')], Action::MoveHalfPages(-1), "half a page up" / "向上半页"),
    bind!(STATISTICS, [char('f'), key(Code::PageDown)], Action::MoveHalfPages(2), "a page down" / "向下一页"),
    bind!(STATISTICS, [char('b'), key(Code::PageUp)], Action::MoveHalfPages(-2), "a page up" / "向上一页"),
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
    bind!(PANES, [char('@')], Action::SuspendReview, "stop or resume reviewing this paper" / "暂停或恢复复习这篇论文"),
    bind!(PANES, [char('c')], Action::ShowCalendar, "show the calendar" / "显示日历"),
    bind!(PANES, [char('S')], Action::ShowStatistics, "show the statistics" / "显示统计"),
    bind!(PANES, [char('w')], Action::ShowWeek, "show the digest of the week" / "显示周小结"),
    bind!(PANES, [char('t')], Action::ListThemes, "choose a theme" / "选择配色主题"),
    bind!(
        PANES,
        [char('L')],
        Action::SwitchLanguage,
        "中文界面 (the interface in Chinese)" / "English interface（英文界面）"
    ),
    bind!(PANES, [char('?'), key(Code::F(1))], Action::ShowHelp, "show these keys" / "显示快捷键", "help" / "帮助"),
    bind!(PANES, [key(Code::Esc)], Action::Cancel, "close the message, or remove the filter" / "关闭消息，或取消筛选"),
    bind!(PANES, [char('q')], Action::Quit, "quit" / "退出", "quit" / "退出"),
    bind!(
        PANES,
        [char('i')],
        Action::ShowFigures,
        "show the figures full size, one at a time" / "逐张查看大图",
        "figures" / "图"
    ),
    bind!(ALL, [ctrl('c')], Action::Quit, "quit, from anywhere" / "退出（任何界面均可）"),
    bind!(ALL, [ctrl('z')], Action::SuspendToShell, "suspend to the shell; fg resumes" / "回到 shell；用 fg 返回"),
];

#[cfg(test)]
mod tests;
