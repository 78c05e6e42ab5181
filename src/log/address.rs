//! Warnings to show before a web or mail URL is opened.

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};

use crate::say;
use crate::words::{Language, Say};

/// Something about a URL that the reader might not expect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddressWarning {
    /// The host mixes letters of these scripts, some of which look alike.
    MixedScripts(Vec<&'static str>),
    /// Browsers normalise the host to this one.
    OtherHost(String),
    /// The mail has more than one recipient.
    SeveralPeople,
    /// The mail sets fields other than subject and body.
    Fields(Vec<String>),
}

impl Say for AddressWarning {
    fn say(&self, language: Language) -> String {
        match self {
            Self::MixedScripts(scripts) => {
                let scripts = scripts.join(language.pick(" and ", "、"));
                say!(
                    language,
                    "The host mixes {scripts} letters and may imitate another site",
                    "域名混用了 {scripts} 字母，可能冒充另一个网站"
                )
            }
            Self::OtherHost(host) => {
                say!(language, "The host is really {host}", "实际域名是 {host}")
            }
            Self::SeveralPeople => language.pick("The mail goes to several people", "邮件会发给多人").to_owned(),
            Self::Fields(fields) => {
                let fields = fields.join(language.pick(", ", "、"));
                say!(language, "The mail also sets: {fields}", "邮件还设置了：{fields}")
            }
        }
    }
}

/// All warnings about a URL; empty for an ordinary one.
pub fn url_warnings(address: &str) -> Vec<AddressWarning> {
    let (scheme, rest) = address.split_once(':').unwrap_or_default();
    if scheme.eq_ignore_ascii_case("mailto") { of_mail(rest) } else { of_host(host(rest)) }
}

/// The host and port of a URL after its scheme, without user and password.
fn host(rest: &str) -> &str {
    let host = rest.strip_prefix("//").unwrap_or_default().split(['/', '?', '#', '\\']).next().unwrap_or_default();
    host.rsplit_once('@').map_or(host, |(_, host)| host)
}

fn of_host(host: &str) -> Vec<AddressWarning> {
    let decoded = percent_decode_str(host).decode_utf8_lossy();
    let real: String = decoded.nfkc().flat_map(char::to_lowercase).collect();
    let other = (real != host.to_lowercase()).then(|| AddressWarning::OtherHost(real.clone()));
    let mut scripts: Vec<Script> = real
        .chars()
        .map(|c| c.script())
        .filter(|script| !matches!(script, Script::Common | Script::Inherited))
        .collect();
    scripts.sort_unstable_by_key(|script| script.full_name());
    scripts.dedup();
    // Scripts that are commonly written together and do not look alike.
    let is_east_asian = |script: &Script| {
        matches!(
            script,
            Script::Latin | Script::Han | Script::Hiragana | Script::Katakana | Script::Bopomofo | Script::Hangul
        )
    };
    let is_mixed = scripts.len() > 1 && !scripts.iter().all(is_east_asian);
    let mixed =
        is_mixed.then(|| AddressWarning::MixedScripts(scripts.iter().map(|script| script.full_name()).collect()));
    other.into_iter().chain(mixed).collect()
}

fn of_mail(rest: &str) -> Vec<AddressWarning> {
    let (to, fields) = rest.split_once('?').unwrap_or((rest, ""));
    let to = percent_decode_str(to).decode_utf8_lossy();
    let names = fields.split(['&', ';']).filter(|field| !field.is_empty());
    let names = names.map(|field| {
        let name = field.split('=').next().unwrap_or_default();
        percent_decode_str(name).decode_utf8_lossy().to_lowercase()
    });
    let names: Vec<String> = names.filter(|name| !matches!(name.as_str(), "subject" | "body")).collect();
    let mut found = of_host(to.rsplit_once('@').map_or("", |(_, host)| host));
    found.extend(to.contains([',', ';']).then_some(AddressWarning::SeveralPeople));
    found.extend((!names.is_empty()).then_some(AddressWarning::Fields(names)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, wanted: &[&str]) {
        let said: Vec<String> = url_warnings(address).iter().map(|oddity| oddity.say(Language::English)).collect();
        assert_eq!(said, wanted, "{address}");
    }

    #[test]
    fn ordinary_addresses_have_no_warnings() {
        for address in [
            "https://example.org/a?b=c#d",
            "https://例子.example/图",
            "https://ひらがな漢字.example",
            "https://пример.рф/",
            "mailto:a@example.org",
            "mailto:a@example.org?subject=x&body=y",
            "MAILTO:a@example.org?Subject=x",
        ] {
            check(address, &[]);
        }
    }

    #[test]
    fn suspicious_addresses_have_warnings() {
        check("https://g\u{43E}ogle.com/", &["The host mixes Cyrillic and Latin letters and may imitate another site"]);
        check("https://www.\u{3B1}pple.com", &["The host mixes Greek and Latin letters and may imitate another site"]);
        check("https://ｅxample.org", &["The host is really example.org"]);
        check("https://ex%61mple.org", &["The host is really example.org"]);
        check("mailto:a@b.org?attach=/etc/passwd&bcc=c@d.org", &["The mail also sets: attach, bcc"]);
        check("mailto:a@b.org?%61ttach=x", &["The mail also sets: attach"]);
        check("mailto:a@b.org,c@d.org", &["The mail goes to several people"]);
        check("mailto:?to=a@b.org", &["The mail also sets: to"]);
        check("mailto:a@\u{440}aypal.com", &["The host mixes Cyrillic and Latin letters and may imitate another site"]);
    }
}
