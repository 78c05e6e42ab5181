//! Synonyms of commands in both languages, for users who do not know our names for them.

use crate::app::keys::action::Action;
use crate::words::Both;

/// Search terms for an action, besides its name.
pub fn of(action: Action) -> Both<&'static str> {
    match action {
        Action::DeleteItem => Both::new("remove del erase drop", "删掉 移除 去掉"),
        Action::EditItem => Both::new("edit rename change", "编辑 重命名 改"),
        Action::AddItem | Action::AddChild => Both::new("new create insert append", "新建 新增 插入"),
        Action::ToggleTask => Both::new("check done complete finish mark", "打勾 完成"),
        Action::LogItem => Both::new("done finish write record", "读完 记录"),
        Action::LogTitle => Both::new("add create write paper", "添加 新增 写"),
        Action::MoveItem(_) => Both::new("reorder indent", "移动 排序 缩进"),
        Action::FilterItems | Action::CycleShow => Both::new("hide narrow", "隐藏 过滤"),
        Action::ListParts => Both::new("filter narrow limit", "筛选 过滤 目录"),
        Action::Undo => Both::new("revert", "撤回 还原"),
        Action::Redo => Both::new("repeat", "恢复"),
        Action::Find | Action::FindEverywhere | Action::SearchPage => Both::new("search grep look", "搜索 查找"),
        Action::Edit => Both::new("vim nano write open", "编辑器 修改"),
        Action::ListThemes => Both::new("theme colour color dark light style", "主题 颜色 配色 深色 浅色"),
        Action::SwitchLanguage => Both::new("language english chinese", "语言 中文 英文"),
        Action::ListLogs => Both::new("file switch folder", "文件 切换"),
        Action::Reload => Both::new("refresh", "刷新"),
        Action::Zoom => Both::new("maximise maximize full", "放大 全屏"),
        Action::MoveDivider(_) => Both::new("resize wider narrower", "调整 宽度"),
        Action::CopyTitle | Action::CopyEntry => Both::new("yank clipboard", "剪贴板"),
        Action::ListUrls => Both::new("link url web browser arxiv", "链接 网址 浏览器"),
        Action::OpenPdf => Both::new("view", "查看"),
        Action::ShowFigures => Both::new("image picture", "图片"),
        Action::Review => Both::new("cards anki repeat learn", "背 卡片"),
        Action::SuspendReview => Both::new("pause skip", "跳过"),
        Action::ShowStatistics => Both::new("stats numbers streak chart", "图表 数字"),
        Action::ShowHelp => Both::new("shortcuts ?", "帮助 快捷键"),
        Action::Teach => Both::new("form format titles learn understand", "格式 写法 标题 识别"),
        Action::Check => Both::new("faults errors lint problems", "检查 错误"),
        Action::Quit => Both::new("exit close leave", "关闭 离开"),
        _ => Both::new("", ""),
    }
}
