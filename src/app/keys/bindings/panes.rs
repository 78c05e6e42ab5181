//! Key bindings of the panes, and the movement keys that panes and lists share.

use crate::app::keys::action::{Action, FinderOrder};
use crate::app::keys::bind::{alt, bind, char, ctrl, ctrl_key, key};
use crate::app::keys::context::*;
use crate::app::keys::key::Code;
use crate::app::screen::layout::Pane;
use crate::log::edit::Direction;

pub(super) const PANE_BINDINGS: &[Binding] = &[
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
        "log the item as read, and tick it" / "记为已读（新建条目并勾选此项）",
        "log it" / "记为已读"
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
        "indent as a sub-item of the one above" / "缩进（成为上一项的子项）"
    ),
    bind!(
        CHECKLIST,
        [char('<')],
        Action::MoveItem(Direction::Out),
        "outdent to the level of its parent" / "取消缩进（与上级项并列）"
    ),
    bind!(CHECKLIST, [char('/')], Action::FilterItems, "filter items by words" / "按文字筛选待读项", "filter" / "筛选"),
    bind!(
        CHECKLIST,
        [char('P')],
        Action::ToggleProse,
        "unfold or fold the text above the list" / "展开或折叠清单上方的文字"
    ),
    bind!(
        CHECKLIST,
        [char('M')],
        Action::SortByCitations,
        "sort by citations in papers you have read" / "按被引次数排序（只计已读论文的引用）"
    ),
    bind!(
        CHECKLIST,
        [char('O')],
        Action::CycleShow,
        "switch between open, done and all items" / "切换显示（未完成、已完成、全部）"
    ),
    bind!(
        READING,
        [char('j'), key(Code::Down)],
        Action::Move(1),
        "down; 5j moves down five lines" / "向下；5j 下移五行",
        "down" / "下"
    ),
    bind!(READING, [char('k'), key(Code::Up)], Action::Move(-1), "up" / "向上"),
    bind!(
        LISTS,
        [key(Code::Enter)],
        Action::Open,
        "open; fold or unfold a month or item" / "打开；折叠或展开月份、子项",
        "open" / "打开"
    ),
    bind!(
        PANES,
        [char('s'), ctrl('p')],
        Action::Find,
        "find a paper by words in its title or summary" / "按标题或笔记中的字词查找论文",
        "find" / "查找"
    ),
    bind!(LISTS, [char('N'), ctrl('n')], Action::LogTitle, "write a new entry" / "新建条目", "new" / "新建"),
    bind!(PANES, [char('v')], Action::Review, "review what is due" / "复习到期的论文", "review" / "复习"),
    bind!(PANES, [ctrl('f')], Action::FindEverywhere, "search the full text of the log" / "全文查找（整份日志）"),
    bind!(PANES, [key(Code::Tab)], Action::FocusNext, "next pane" / "下一个窗格", "pane" / "窗格"),
    bind!(PANES, [key(Code::BackTab)], Action::FocusPrevious, "previous pane" / "上一个窗格"),
    bind!(PANES, [char('z')], Action::Zoom, "zoom the pane, or show all panes again" / "只显示此窗格；再按一次恢复"),
    bind!(PANES, [ctrl_key(Code::Left)], Action::MoveDivider(-1), "move the pane border left" / "窗格分界线左移"),
    bind!(PANES, [ctrl_key(Code::Right)], Action::MoveDivider(1), "move the pane border right" / "窗格分界线右移"),
    bind!(PANES, [ctrl_key(Code::Up)], Action::Heighten(1), "enlarge Pending" / "增大待读清单高度"),
    bind!(PANES, [ctrl_key(Code::Down)], Action::Heighten(-1), "shrink Pending" / "减小待读清单高度"),
    bind!(PANES, [char('1')], Action::Focus(Pane::Timeline), "go to Timeline" / "转到时间线"),
    bind!(PANES, [char('2')], Action::Focus(Pane::Summary), "go to Summary" / "转到笔记"),
    bind!(PANES, [char('3')], Action::Focus(Pane::Pending), "go to Pending" / "转到待读清单"),
    bind!(READING, [char('d')], Action::MoveHalfPages(1), "half a page down" / "下翻半页"),
    bind!(READING, [char('u')], Action::MoveHalfPages(-1), "half a page up" / "上翻半页"),
    bind!(READING, [char('f'), key(Code::PageDown)], Action::MoveHalfPages(2), "a page down" / "下翻一页"),
    bind!(READING, [char('b'), key(Code::PageUp)], Action::MoveHalfPages(-2), "a page up" / "上翻一页"),
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
    bind!(
        TIMELINE,
        [char('/')],
        Action::Find,
        "find a paper by words in its title or summary" / "按标题或笔记中的字词查找论文"
    ),
    bind!(TIMELINE, [char('{')], Action::MoveMonths(-1), "previous month" / "上一个月"),
    bind!(TIMELINE, [char('}')], Action::MoveMonths(1), "next month" / "下一个月"),
    bind!(PANES, [char('U')], Action::Undo, "undo the last change" / "撤销上一次修改", "undo" / "撤销"),
    bind!(PANES, [ctrl('r')], Action::Redo, "redo" / "重做"),
    bind!(PANES, [char('B'), alt(Code::Char('o'))], Action::ListLogs, "open another log" / "打开另一份日志"),
    bind!(PANES, [char('r')], Action::Reload, "reload the log" / "重新读取日志"),
    bind!(
        PAGE,
        [key(Code::Enter), char('*')],
        Action::ListLinks,
        "list related papers" / "列出相关论文（提及、引用、文字相近）",
        "related" / "相关论文"
    ),
    bind!(PAGE, [char('/')], Action::SearchPage, "search the summary" / "在笔记中查找文字", "search" / "笔记内查找"),
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
    bind!(PANES, [char('e')], Action::Edit, "edit this line in your editor" / "在编辑器中打开这一行"),
    bind!(PANES, [char('W')], Action::ListTodo, "list everything left to do" / "列出所有待办事项"),
    bind!(PANES, [char('C')], Action::ListChanges, "list your changes" / "列出所做的修改"),
    bind!(PANES, [char('F')], Action::ListParts, "show only one file, folder or tag" / "只显示一个文件、文件夹或标签"),
    bind!(PANES, [char('!')], Action::Check, "list problems in the log" / "列出日志中的问题"),
    bind!(
        PANES,
        [char('R')],
        Action::ShowReading,
        "show how the log was read, including guesses" / "显示日志是怎样识别的，哪些是推测"
    ),
    bind!(
        PANES,
        [char('T')],
        Action::Teach,
        "correct a misread log by pointing at a title" / "识别有误时，指出哪一行是论文标题、日期或待读清单"
    ),
    bind!(LISTS, [char('*')], Action::ListLinks, "list related papers" / "列出相关论文（提及、引用、文字相近）"),
    bind!(
        PANES,
        [char('#')],
        Action::ListHeadings,
        "list the headings and figures in the summary" / "列出笔记中的小标题和图片"
    ),
    bind!(
        PANES,
        [ctrl('o'), key(Code::Backspace), alt(Code::Left)],
        Action::GoBack,
        "go back to where you were" / "后退到上一位置"
    ),
    bind!(PANES, [alt(Code::Right)], Action::GoForward, "go forward again" / "前进到下一位置"),
    bind!(
        PANES,
        [char('o')],
        Action::ListUrls,
        "open a link or figure in another program" / "用其他程序打开笔记中的链接或图片"
    ),
    bind!(PANES, [], Action::ListLibrary, "list PDFs that are not in the log" / "列出日志中没有的 PDF"),
    bind!(PANES, [char('p')], Action::OpenPdf, "open the paper's PDF" / "打开论文的 PDF"),
    bind!(PANES, [char('y')], Action::CopyTitle, "copy the title" / "复制标题"),
    bind!(PANES, [char('Y')], Action::CopyEntry, "copy the whole entry" / "复制整个条目"),
    bind!(
        PANES,
        [char('=')],
        Action::NameReference,
        "say which paper a reference like [1234] stands for" / "填写文献编号（如 [1234]）对应的论文标题"
    ),
    bind!(PANES, [char(':')], Action::ShowPalette, "find a command by name" / "按名称查找命令", "commands" / "命令"),
    bind!(
        PANES,
        [],
        Action::ListThisDay,
        "list papers read on this day in earlier months" / "列出以往各月同一天读过的论文"
    ),
    bind!(PANES, [], Action::GoToRandom, "go to a random entry" / "随机转到一个条目"),
    bind!(
        PANES,
        [],
        Action::FindSorted(FinderOrder::Date),
        "find papers, sorted by date read" / "查找论文，按阅读日期排序"
    ),
    bind!(
        PANES,
        [],
        Action::FindSorted(FinderOrder::Published),
        "find papers, sorted by date published" / "查找论文，按发表日期排序"
    ),
    bind!(PANES, [], Action::FindSorted(FinderOrder::Title), "find papers, sorted by title" / "查找论文，按标题排序"),
    bind!(
        PANES,
        [char('@')],
        Action::SuspendReview,
        "stop reviewing this paper, or resume" / "不再复习这篇论文；再按一次恢复"
    ),
    bind!(PANES, [char('c')], Action::ShowCalendar, "show the calendar" / "显示日历"),
    bind!(PANES, [char('S')], Action::ShowStatistics, "show the statistics" / "显示统计"),
    bind!(PANES, [char('w')], Action::ShowWeek, "show the weekly digest" / "显示周小结"),
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
];
