//! Short names for URLs, for narrow places.

/// The longest name, in chars.
const LONGEST: usize = 40;

/// The short name of a URL: `arXiv 2031.01234`, `OpenReview`, `emu.org/owls`. For a path, it is the last component.
pub fn link_name(address: &str) -> String {
    let Some((_, rest)) = address.split_once("://") else {
        return address.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
    };
    let rest = rest.split('#').next().unwrap_or_default().trim_end_matches('/');
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let kind = path.split(['/', '?']).next().unwrap_or_default();
    let id = path.strip_prefix(kind).unwrap_or_default().trim_start_matches('/');
    let id = id.split('?').next().unwrap_or_default().trim_end_matches(".pdf");
    match (host, kind) {
        ("arxiv.org" | "export.arxiv.org", "abs" | "pdf" | "html") if !id.is_empty() => format!("arXiv {id}"),
        ("doi.org" | "dx.doi.org", _) if !path.is_empty() => cut(format!("doi {path}")),
        ("openreview.net", "forum" | "pdf") => "OpenReview".to_owned(),
        ("aclanthology.org" | "aclweb.org", _) if !path.is_empty() => {
            let last = path.rsplit('/').next().unwrap_or_default();
            cut(format!("ACL {}", last.trim_end_matches(".pdf")))
        }
        _ => {
            let path = path.split('?').next().unwrap_or_default();
            let whole = if path.is_empty() { host.to_owned() } else { format!("{host}/{path}") };
            if whole.chars().count() <= LONGEST {
                return whole;
            }
            let last = path.rsplit('/').next().unwrap_or_default();
            cut(format!("{host}/…/{last}"))
        }
    }
}

fn cut(name: String) -> String {
    if name.chars().count() <= LONGEST {
        return name;
    }
    name.chars().take(LONGEST - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let check = |address: &str, wanted: &str| assert_eq!(link_name(address), wanted, "{address}");
        check("https://arxiv.org/abs/2031.01234", "arXiv 2031.01234");
        check("http://www.arxiv.org/pdf/2031.01234v2.pdf", "arXiv 2031.01234v2");
        check("https://openreview.net/forum?id=emu", "OpenReview");
        check("https://doi.org/10.1000/emu", "doi 10.1000/emu");
        check("https://www.aclweb.org/anthology/P31-1001.pdf", "ACL P31-1001");
        check("https://github.com/owl/emu/", "github.com/owl/emu");
        check(
            "https://papers.emu.org/a/very/long/way/down/to/the/paper_of_emus.pdf",
            "papers.emu.org/…/paper_of_emus.pdf",
        );
        check("notes/emu.pdf", "emu.pdf");
        check("https://emu.org", "emu.org");
    }
}
