//! Small logs with citations that were once misread.

use papers_tui::log::EntryKind;

use super::kinds::{check, read_as};
use super::kinds_around_titles::titles;

#[track_caller]
fn check_titles(items: &[(&str, &str)]) {
    let (items, wanted): (Vec<&str>, Vec<&str>) = items.iter().copied().unzip();
    assert_eq!(titles(&items), wanted);
}

#[test]
fn a_book_in_emphasis_is_the_title_before_its_publisher() {
    check_titles(&[
        ("Anna Gnu, “Quiet Emus in Loud Rooms,” _Journal of Quiet Emus_ (2030)", "Quiet Emus in Loud Rooms"),
        ("Bert Owl, _Meadow Owls_. Oslo, Norway: Meadow University Press, 2031.", "Meadow Owls"),
        ("Carl Yak, _The Patient Yak_. Oslo: Meadow Press, 2030.", "The Patient Yak"),
        ("Dora Elk, **Emil Emu**. The Long Way Home of Yaks. ICML 2031.", "The Long Way Home of Yaks"),
    ]);
}

#[test]
fn authors_may_follow_a_quoted_title() {
    check_titles(&[
        ("\"A Calculus of Quiet Emus\" by Gnu and Owl (1943)", "A Calculus of Quiet Emus"),
        ("\"The Owl: a Model of Seeing\" by Yak (1958)", "The Owl: a Model of Seeing"),
        ("\"Counting Gnus by Their Errors\" by Gnu, Owl, and Yak (1986)", "Counting Gnus by Their Errors"),
        ("\"Yaks on the Way with a Network\" by Yak et al. (1989)", "Yaks on the Way with a Network"),
        ("\"Emu-Learning\" by Emu (1989)", "Emu-Learning"),
    ]);
    let log = read_as("papers.md", "# Papers\n\n- \"A Calculus of Quiet Emus\" by Gnu and Owl (1943)\n");
    assert_eq!(log.entries[0].published.map(|published| published.year), Some(1943));
}

#[test]
fn authors_and_year_may_precede_a_title() {
    check_titles(&[
        ("Gnu et al (2031) - Emus under control", "Emus under control"),
        ("Gnu and Owl (2030) - A canonical emu computation", "A canonical emu computation"),
        ("[Yak & Elk (2030) - Rain through time and the owl](yak.md)", "Rain through time and the owl"),
        ("[Emu et al (2016) - Comparison of lakes and ponds](emu.md)", "Comparison of lakes and ponds"),
        (
            "Anna Gnu. 2031. Quiet distances: a study of owls. In Proceedings of Owls (OWL'31).",
            "Quiet distances: a study of owls",
        ),
        ("Gnu, P.H., & Owl Studio (2008). Counting Birds from Above.", "Counting Birds from Above"),
        ("Gnu, S, Owl, M, Yak, K. \"OpenEMU\". Proceedings of the 27th Conference on Emus 2019.", "OpenEMU"),
        ("Owl Bert I., 1998, Minimizing emu errors, Phil. Trans. R. Soc. A.3561175–1192", "Minimizing emu errors"),
        (
            "Anna Gnu, Time Series of Emus via Counting, Transactions of the Society for Emus, 2017, Volume 32",
            "Time Series of Emus via Counting",
        ),
    ]);
}

#[test]
fn a_question_may_be_the_first_half_of_a_title() {
    check_titles(&[
        (
            "Anna Gnu et al. Cheap and Wet: is it Rain? A Study of Forecasts. EMNLP 2028. http://x.org/b.pdf",
            "Cheap and Wet: is it Rain? A Study of Forecasts",
        ),
        (
            "Anna Gnu and Bert Owl. Do Deep Ponds Really Need to be Deep? ICLR 2029. http://x.org/c.pdf",
            "Do Deep Ponds Really Need to be Deep?",
        ),
    ]);
}

#[test]
fn venues_before_titles_need_not_be_known() {
    let item =
        |lead: &str, title: &str| format!("- {lead} {title}. [Paper](https://arxiv.org/abs/2031.00001). Emus.\n");
    let text = [
        item("ICRA 2031,", "Emus at Work on the Plain"),
        item("RA-L 2030,", "Owls Seeing at Night"),
        item("Wild Robotics, 2029,", "A Study of Gnus"),
        item("CoRL 2028, Oral.", "Walk These Ways: Yaks"),
        item("L4EMU 2028,", "Emus as Prompts"),
    ];
    check(
        &format!("# Papers\n\n## Birds\n\n{}", text.concat()),
        &[
            "- Emus at Work on the Plain",
            "- Owls Seeing at Night",
            "- A Study of Gnus",
            "- Walk These Ways: Yaks",
            "- Emus as Prompts",
        ],
    );
    // A single title tells nothing.
    check_titles(&[
        ("Emus in Oslo 2031, a Study of Birds", "Emus in Oslo 2031, a Study of Birds"),
        ("A Study of Gnus on the Plain", "A Study of Gnus on the Plain"),
        ("Owls: Seeing at Night", "Owls: Seeing at Night"),
    ]);
    check(
        "# Papers\n\n### 1: OWLS '31 [Emus at Work on the Plain](https://x.org/1)\n- x\n\n\
         ### 2. TBDS '30 [Owls: Seeing at Night](https://x.org/2)\n- x\n\n\
         ### 3. IEEE Access '28 [A Study of Gnus](https://x.org/3)\n- x\n",
        &["- Emus at Work on the Plain", "- Owls: Seeing at Night", "- A Study of Gnus"],
    );
}

#[test]
fn a_journal_may_follow_a_title() {
    let pdf = "[[pdf]](https://x.org/1.pdf)";
    check_titles(&[
        (
            &format!("A survey of emus at work. Journal of Birds and Applications(2012) {pdf}"),
            "A survey of emus at work",
        ),
        (&format!("Owlis: seeing in gardens. IEEE Trans. Serv. Comput. (2017) {pdf}"), "Owlis: seeing in gardens"),
        (&format!("Counting gnus and yaks. J. Inf. Sci. Eng.(2013) {pdf}"), "Counting gnus and yaks"),
        (&format!("A Garden of Elks. SOSP(2031) {pdf}"), "A Garden of Elks"),
    ]);
}

#[test]
fn links_and_citations_are_no_text_of_an_entry() {
    let kinds = |text: &str| read_as("log.md", text).entries.iter().map(|entry| entry.kind).collect::<Vec<_>>();
    let notes = "[[arXiv](https://arxiv.org/abs/2031.00001)]";
    let linked = format!(
        "## 2031-07\n- [Emus at Work on the Plain](https://arxiv.org/abs/2031.00001)\n\n## 2031-06\n\
         - [Owls: Seeing at Night](https://x.org/a.md) {notes}\n- [A Study of Gnus](https://x.org/b.md) {notes}\n"
    );
    assert_eq!(kinds(&linked), [EntryKind::Paper; 3]);
    let cited = "#### Week of 3/8/31\n- Anna Gnu, “Quiet Emus in Loud Rooms,” _Journal of Quiet Emus_ (2030)\n\
         - Bert Owl, \"Owls, gardens, and commons in the rain\"\n- Carl Yak, “Rivers in the Study of Yaks”\n\
         - Dora Elk, “On Slow Elks.” In _Elk Objects_, edited by Ed Emu. Oslo: Lake Press, 2030.\n";
    assert_eq!(kinds(cited), [EntryKind::Paper; 4]);
}

#[test]
fn a_dash_or_a_new_line_may_stand_before_a_cited_title() {
    check(
        "# Paper Journal\n\nPapers that I have read.\n\n# Birds\n\
         - Low, Owl, Orr, Gnu (2031) – Cheap Emus: Early analysis of how to start herds.\nIntroduced scaling.\n\
         - Glory & Yak (2030) – On the Trouble of Counting Deep Herds: Introduced another start.\n\n# Graphs\n\
         - Scar, F., Gore, M., Tso, A.C. (2029). \n\"The Model of Gnus on Graphs.\" IEEE Transactions on Birds\n\
         - Kip, T.N., & Well, M. (2030). \"Sorting Owls with Few Labels.\" ICLR.\n",
        &[
            "- Cheap Emus: Early analysis of how to start herds",
            "- On the Trouble of Counting Deep Herds: Introduced another start",
            "- The Model of Gnus on Graphs",
            "- Sorting Owls with Few Labels",
        ],
    );
}

#[test]
fn a_citation_may_follow_a_check_mark() {
    check_titles(&[
        (
            "☑ Ann Gnu, Bert Owl, and Carl Yak. 2031. Equal Emus: a new way of counting. In Proc. of Birds",
            "Equal Emus: a new way of counting",
        ),
        ("☑ ✅ Emu Parsing: a Practical Linear-Time Bird", "Emu Parsing: a Practical Linear-Time Bird"),
        ("📖 The Owl Tree: A Tree for Night Birds", "The Owl Tree: A Tree for Night Birds"),
    ]);
}
