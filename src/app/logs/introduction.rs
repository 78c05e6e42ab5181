//! A message about an unusual log when it is opened for the first time.

use crate::app::keys::action::Action;
use crate::app::{App, Status, Tone};
use crate::log::explain::Account;
use crate::say;
use crate::text::width;

/// Columns of the status line that are not available to a message.
const TAKEN: usize = 8;

impl App {
    /// Shows a notice about what is unusual in the log, if anything.
    pub fn introduce(&mut self) {
        let room = usize::from(self.size.width).saturating_sub(TAKEN);
        let texts = self.remarks();
        // The last one is the shortest.
        let text = texts.iter().find(|text| width(text) <= room).or(texts.last());
        if let Some(text) = text.cloned() {
            self.status = Some(Status { text, tone: Tone::Notice });
        }
    }

    /// The message in several lengths, longest first; empty for an ordinary log.
    fn remarks(&self) -> Vec<String> {
        let account = Account::of_all(&self.log);
        let (language, read) = (self.language, self.call(Action::ShowReading));
        let found = account.found(language);
        let longer = say!(language, "; press {read} to see how the log was read", "；按 {read} 查看日志是怎样识别的");
        let shorter = say!(language, "; {read} for more", "；按 {read} 查看");
        let (long, short) = if account.is_puzzling() {
            let teach = self.call(Action::Teach);
            let is_nothing = account.papers == 0 && account.dated() == 0;
            let nothing =
                language.pick("No dates and no titles were recognised", "没有识别出日期和论文标题").to_owned();
            let long = say!(language, "Partly understood: found {found}", "部分识别：{found}");
            let short = say!(language, "Found {found}", "识别结果：{found}");
            let [long, short] = if is_nothing { [nothing.clone(), nothing] } else { [long, short] };
            let show = say!(language, "; press {teach} and point at a title", "；按 {teach} 指定一个论文标题");
            let shortest = say!(language, "Press {teach} and point at a title", "按 {teach} 指定一个论文标题");
            return vec![format!("{long}{show}{longer}"), format!("{long}{show}"), format!("{short}{show}"), shortest];
        } else if account.papers > 0 && account.dated() == 0 {
            let short = language.pick("No dates; listed by section", "没有日期，按章节列出").to_owned();
            (
                language.pick("No dates found: papers are listed by section", "没有日期：论文按章节列出").to_owned(),
                short,
            )
        } else if account.yearless > 0 {
            let dates = language.counted(account.yearless, "date", "dates", "个日期");
            let short = say!(language, "{dates} without a year", "{dates}没有年份");
            (say!(language, "{short}: months are in file order", "{short}：月份按文件中的顺序排列"), short)
        } else if account.unread > 0 {
            let faults = self.call(Action::Check);
            let dates = language.counted(account.unread, "date", "dates", "个日期");
            return vec![say!(
                language,
                "{dates} cannot be read; press {faults} to list them",
                "{dates}无法识别；按 {faults} 列出"
            )];
        } else {
            return Vec::new();
        };
        vec![format!("{long}{longer}"), format!("{long}{shorter}"), format!("{short}{shorter}"), short]
    }
}
