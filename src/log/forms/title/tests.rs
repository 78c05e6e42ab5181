//! Tests of reading titles.

use super::*;

#[track_caller]
fn check(text: &str, wanted: &str) {
    assert_eq!(read(text).title, wanted, "{text}");
}

#[test]
fn what_stands_behind_a_mark_is_no_title() {
    let read = |text: &str| {
        let parsed = read(text);
        (parsed.venue.unwrap_or_default(), text[parsed.end..].to_owned())
    };
    assert_eq!(read("12.《Emus at Work》，EMNLP2031"), ("EMNLP2031".into(), String::new()));
    assert_eq!(read("12.《Emus at Work》，投了 EMNLP 2031"), (String::new(), "，投了 EMNLP 2031".into()));
    assert_eq!(read("《Emus at Work》"), (String::new(), String::new()));
}

#[test]
fn what_follows_a_title_is_no_part_of_it() {
    check("Emus at Work: A Survey. ACM Comput. Surv(2031). [[pdf]](x)", "Emus at Work: A Survey");
    check("Using Emus as Gnus. Journal of Bird Systems(2031) [[pdf]](x)", "Using Emus as Gnus");
    check("Emus as Real-Time Gnus. 11th Real-Time Emu Workshop(2031). [[pdf]](x)", "Emus as Real-Time Gnus");
    check("Distributed Emus and their Compositionality NIPS 2013", "Distributed Emus and their Compositionality");
    check("The Best Emus of CVPR 2021", "The Best Emus of CVPR 2021");
    check("Lessons on Emus Learned From NeurIPS 2021", "Lessons on Emus Learned From NeurIPS 2021");
    check("Emus (and Owls -- twice) at Work (ICLR 2031)", "Emus (and Owls -- twice) at Work");
    check("(Emus at Work -- read it again)", "(Emus at Work -- read it again)");
    check("What's Next? Report of the Emu Workshop (2031)", "What's Next? Report of the Emu Workshop");
    check(
        "Ann Owl et al. Don't count, sail! A comparison of two. ACL 2031. x",
        "Don't count, sail! A comparison of two",
    );
    check("Ann Owl, et al. ICLR 2031. Efficient Counting of Emus. http://x.org", "Efficient Counting of Emus");
    check("[~~A Few Things about Emus~~](a.pdf)", "A Few Things about Emus");
    check("[“Why Should I Run?” Explaining the Emus](a.pdf)", "“Why Should I Run?” Explaining the Emus");
    check("EMUBAR: Estimates of Birds (known -- also read the other)", "EMUBAR: Estimates of Birds");
}

#[test]
fn a_title_and_what_is_around_it() {
    check("Emus at Work [[arXiv](https://arxiv.org/abs/1)] [[code](x)]", "Emus at Work");
    check("****`GNU`**** ****`ECCV 2031`**** [Owls at Night](a.md) (thanks, [x](y))", "Owls at Night");
    check("**[Emu]** Learning to Run\n", "[Emu] Learning to Run");
    check("**[]** Learning to Run", "Learning to Run");
    check("**[Emu-Net]** ", "Emu-Net");
    check("<u>Emus: a Study of Birds.</u> [[PDF]](https://x.org/1.pdf) Yang et al.", "Emus: a Study of Birds");
    check("**emus of the plains**：没看懂", "emus of the plains");
    check("Emus and Owls at Work：一篇有用的文章", "Emus and Owls at Work");
    check("Emu：A Study of Birds", "Emu：A Study of Birds");
    check("[Emus at Work](https://x.org) (Anna Owl, Bert Gnu)", "Emus at Work");
    check("[Emus at Work]<!-- seen in May --> (Anna Owl)", "Emus at Work");
    check("The Emu (Anna Owl)", "The Emu (Anna Owl)");
    check("12.《Emus at Work》，EMNLP2031", "Emus at Work");
    check("2031 - [Emus at Work](https://x.org)", "Emus at Work");
    check("**Birds**：[Emus at Work](https://x.org) — good", "Emus at Work");
    check("Emus at Work https://arxiv.org/abs/2031.01234", "Emus at Work");
    check("Owl et al.: Emus at Work \\\nhttps://arxiv.org\\\nIt is good.", "Owl et al.: Emus at Work");
    check("A Long Study of Emus at\nWork http://emu.org/a.pdf", "A Long Study of Emus at Work");
    check("Emus at Work (CVPR 2031)", "Emus at Work");
    check("Emus at Work [NIPS'31] [pdf](x)", "Emus at Work");
    check("[arXiv 2031.06](https://x.org), Emus: a Study of Birds", "Emus: a Study of Birds");
    check("[CVPR 2031](https://x.org), Emus at Work", "Emus at Work");
    check("Emus at Work (Journal of Birds 2031)", "Emus at Work");
    check("Emus at Work (a Conference of Birds)", "Emus at Work (a Conference of Birds)");
    check("[Emus at Work (2031) - Anna Gnu, Bert Owl](a.md)", "Emus at Work");
    check(
        "Anna Gnu, et al. Emus at Work: a Study, International Journal of Birds, 2031. http://x.org",
        "Emus at Work: a Study",
    );
    check("_emnlp2031_ EmuNet: a Study of Birds [[paper](x)]", "EmuNet: a Study of Birds");
    check(":scroll: [Emus at Work](a.pdf)", "Emus at Work");
    check(":star: :fire: EmuNet: a Study of Birds. [Paper](x)", "EmuNet: a Study of Birds");
    check("\"Emus at Work\", Anna Owl, May 17, 2031, https://x.org", "Emus at Work");
    check("Week6: [Emu Maximization](a.md)", "Emu Maximization");
    check("&#x20;**Emus at Work** [**here**](https://x.org)", "Emus at Work");
    check("[#Emu: A Study of Counting", "[#Emu: A Study of Counting");
    check("50 Years of Emus", "50 Years of Emus");
    check("13 歳からの鳥", "13 歳からの鳥");
    check("讲座（上）", "讲座（上）");
    check("Why Owls Say \"I See You\"", "Why Owls Say \"I See You\"");
    check("Why Owls Say “I See You” (2031)", "Why Owls Say “I See You”");
    check("[pdf](x.pdf) Emus at Work", "Emus at Work");
    check("[Emu](x): learning to run fast", "Emu: learning to run fast");
    check("**Emu:** Learning to run fast", "Emu: Learning to run fast");
    check("![x](y.png)", "");
    check("[pdf](x.pdf)", "");
    check("https://arxiv.org/abs/1", "");
}

#[test]
fn authors_and_years_around_a_title_are_no_part_of_it() {
    check(
        "Gnu, A., Owl, B. & Elk, C. Emus at work: a field study. *Journal of Birds* 12, 1–20 (2031).",
        "Emus at work: a field study",
    );
    check("Elk, E. Counting owls with few sensors. *Birds* (2031).", "Counting owls with few sensors");
    check("van Gnu, A.-B. and Owl, C. D. Do owls dream of mice? *Birds* 5 (2031).", "Do owls dream of mice?");
    check("Gnu, “Emu Counting in Neural Networks”", "Emu Counting in Neural Networks");
    check("Gnu, “Emus”", "Emus");
    check("Anna Gnu (2031): »Was zählt ein Emu?«, in: *Zeitschrift für Vögel* 5, 1–20", "Was zählt ein Emu?");
    check("A. Gnu, B. Owl. „Was zählt ein Emu?“. Vögel 2031", "Was zählt ein Emu?");
    check("A. Gnu, B. Owl. « Ce que comptent les émeus ». Oiseaux 2031", "Ce que comptent les émeus");
    check("[The Owl Prior (2031) - Gnu](a.md)", "The Owl Prior");
    check("[The Owl Prior (2031) - Gnu, Elk, van den Owl](a.md)", "The Owl Prior");
    check("[Gnu A. et al - On the Power of Emus - 2031](a.md)", "On the Power of Emus");
    check("[Gnu J., Elk I. - Snow on the Line - 2031](a.md)", "Snow on the Line");
    check("Emus at Work, arXiv 2031 (3)", "Emus at Work");
    check("Emus at Work: a Study (No. arXiv:2031.00001). arXiv. https://doi.org/1", "Emus at Work: a Study");
    check("Gnu, L., & Owl, W. (2031). Emus at Work (No. arXiv:2031.00003). arXiv. https://doi.org/1", "Emus at Work");
    check("Emus, Owls and the Rest of Them", "Emus, Owls and the Rest of Them");
}

#[test]
fn what_was_done_with_a_paper_is_no_part_of_its_title() {
    check("Finished reading [Emus at Work](x.pdf) and took notes", "Emus at Work");
    check("Started reading the paper [Owls at Night](x.pdf), it is long", "Owls at Night");
    check("Read the first chapter of [Emus at Work](x.pdf).", "Emus at Work");
    check("[x] [Emus at Work](x.pdf) - 2031 Anna Gnu", "Emus at Work");
    check("[ ] [Emus at Work](x.pdf)", "Emus at Work");
}

#[test]
fn code_behind_a_title_is_its_tags() {
    let parsed = read("Emus at Work: a Study `birds` `labour` [[pdf](x.pdf)]");
    assert_eq!((&*parsed.title, parsed.tags), ("Emus at Work: a Study", vec!["birds".to_owned(), "labour".into()]));
    let parsed = read("Emus at Work `ICML 2031`");
    assert_eq!((&*parsed.title, parsed.venue, parsed.year), ("Emus at Work", Some("ICML 2031".into()), Some(2031)));
    check("Using `emus` in the Field", "Using emus in the Field");
    check("A Study of `emus`-based Methods", "A Study of emus-based Methods");
    check("What Happens before `main()`", "What Happens before main()");
    check("训练的数据集只用了`Emu-10k`，并且", "训练的数据集只用了Emu-10k，并且");
    check("大鸟的研究_张三 `2031`", "大鸟的研究_张三");
}

#[test]
fn year_and_venue_before_a_title_are_kept() {
    let check = |text: &str, title: &str, venue: &str, year: u32| {
        let parsed = read(text);
        let wanted = (title, Some(venue), Some(year));
        assert_eq!((&*parsed.title, parsed.venue.as_deref(), parsed.year), wanted, "{text}");
    };
    check("_CVPR 2031_ **[1]** Emus at Work", "Emus at Work", "CVPR 2031", 2031);
    check("_CVPR 2031_ read [Emus at Work Today](a.md)", "Emus at Work Today", "CVPR 2031", 2031);
    check("_CVPR 2031_ (2030) Emus at Work", "Emus at Work", "CVPR 2031", 2031);
    check("[CVPR 2031](https://x.org), Emus at Work (2031)", "Emus at Work", "CVPR 2031", 2031);
    check("Emus at Work (2031) (CVPR)", "Emus at Work", "CVPR", 2031);
}

#[test]
fn a_title_in_marks_ends_with_them() {
    check("《Emus at Work》 (2031), 《Owls at Night》（2030）", "Emus at Work");
    check("《评《红楼梦》的鸟》", "评《红楼梦》的鸟");
}

#[test]
fn venue_and_tags_behind_a_title_are_kept() {
    let check = |text: &str, venue: Option<&str>, year: Option<u32>, tags: &[&str]| {
        let parsed = read(text);
        let wanted = ("Emus at Work", venue, year);
        assert_eq!((&*parsed.title, parsed.venue.as_deref(), parsed.year), wanted, "{text}");
        assert_eq!(parsed.tags, tags, "{text}");
    };
    check("[Emus at Work](x.pdf) (ICML 2031)", Some("ICML 2031"), Some(2031), &[]);
    check("[Emus at Work](x.pdf) [ICML 2031]", Some("ICML 2031"), Some(2031), &[]);
    check("[Emus at Work](x.pdf) (2031) #birds #labour/law", None, Some(2031), &["birds", "labour/law"]);
    check("[Emus at Work](x.pdf) `ICML 2031` `birds` [pdf](y)", Some("ICML 2031"), Some(2031), &["birds"]);
    check("[Emus at Work](x.pdf) (good) #birds", None, None, &[]);
    check("[Emus at Work](x.pdf): see #birds", None, None, &[]);
    check("Emus at Work #birds #labour", None, None, &["birds", "labour"]);
    assert_eq!(read("Counting in C #1").title, "Counting in C #1");
    assert_eq!(read("An Analysis of Talk on #EmusAtWork").title, "An Analysis of Talk on #EmusAtWork");
}
