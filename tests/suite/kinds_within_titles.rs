//! Small logs whose titles were once cut, kept a tail, or were no titles.

use super::kinds::check;
use super::kinds_around_titles::titles;

#[track_caller]
fn check_titles(items: &[(&str, &str)]) {
    let (items, wanted): (Vec<&str>, Vec<&str>) = items.iter().copied().unzip();
    assert_eq!(titles(&items), wanted);
}

#[test]
fn a_title_may_continue_after_a_link_or_dashes() {
    check_titles(&[
        (
            "[Joining Two Owls](https://arxiv.org/abs/2031.00001) and Emu Learning (OEL)",
            "Joining Two Owls and Emu Learning",
        ),
        ("[Quiet Emu Nets](https://arxiv.org/abs/2031.00002) (QEN)", "Quiet Emu Nets"),
        (
            "[Emus at Work](https://arxiv.org/abs/2031.00003) and [Owls](https://arxiv.org/abs/2031.00004)",
            "Emus at Work",
        ),
        ("[A Study of Gnus](https://arxiv.org/abs/2031.00005) and what they eat", "A Study of Gnus"),
        (
            "Emus Meet Causality -- Bridging Owls and Yak Models. [pdf](https://x.org/a.pdf)",
            "Emus Meet Causality -- Bridging Owls and Yak Models",
        ),
        ("Emus Meet Rain -- very good. [pdf](https://x.org/b.pdf)", "Emus Meet Rain"),
        (
            "another anna gnu article on [quiet flows](https://arxiv.org/abs/2031.00006)",
            "another anna gnu article on quiet flows",
        ),
        (
            "similar idea, [in Emu Intelligence](https://www.nature.com/articles/s1)",
            "similar idea, in Emu Intelligence",
        ),
    ]);
}

#[test]
fn what_points_to_a_link_is_no_part_of_a_title() {
    check_titles(&[
        ("On Quiet Emus in Gardens, see [here](https://openreview.net/forum?id=abc)", "On Quiet Emus in Gardens"),
        ("How to count owls -> [Concept of Owls](https://x.org/how.pdf)", "How to count owls"),
        ("How Gnus and Owls See [pdf](https://x.org/a.pdf)", "How Gnus and Owls See"),
        (
            "Self-Supervised Yak Learning [[github.io](https://yak.github.io/log/yak.html)]",
            "Self-Supervised Yak Learning",
        ),
        ("A Study of Elks [[the elk blog](https://elk.org/a)]", "A Study of Elks"),
    ]);
}

#[test]
fn a_title_may_read_like_a_sentence_above_its_paper() {
    let paper = |title: &str, id: u8| {
        format!(
            "### [{title}](https://github.com/gnu/papers/tree/main/{id})\n\
             **Paper:** [Link to paper](https://arxiv.org/abs/2031.0000{id})\n**Status:** Read\n\n"
        )
    };
    let text = [
        paper("Gardens of small emus", 1),
        paper("Rain is all you need", 2),
        paper("Summary of owls for long rivers", 3),
        paper("Lakes of Sparse Gnus", 4),
    ];
    check(
        &format!("# Papers\n\n## Learning\n\n{}", text.concat()),
        &[
            "- Gardens of small emus",
            "- Rain is all you need",
            "- Summary of owls for long rivers",
            "- Lakes of Sparse Gnus",
        ],
    );
}

#[test]
fn a_plain_word_among_linked_titles_is_no_title() {
    let paper = |title: &str, id: u8| format!("### [{title}](https://arxiv.org/abs/2031.0000{id})\n- They do.\n\n");
    let text = [
        paper("Joining Two Owls", 1),
        paper("Quiet Emu Nets", 2),
        paper("Gardens of Gnus", 3),
        paper("Hindsight of Yaks", 4),
    ];
    check(
        &format!(
            "# Notes on papers\n\n### Important:\nRead it first.\n\n{}### Acronyms\n- QEN: Quiet Emu Nets\n",
            text.concat()
        ),
        &["- Joining Two Owls", "- Quiet Emu Nets", "- Gardens of Gnus", "- Hindsight of Yaks"],
    );
}

#[test]
fn a_linked_license_is_no_paper() {
    let paper =
        |title: &str, day: u8| format!("- [{title}](https://arxiv.org/abs/2031.00001) — *LLM* (2031-12-0{day})\n");
    let text = [
        paper("Gardens of Small Emus", 5),
        paper("Owls: Seeing at Night", 4),
        paper("Lakes of Sparse Gnus", 3),
        paper("The Long Way Home of Yaks", 2),
    ];
    check(
        &format!(
            "# Paper Reading Log\n\n**Recently read**\n\n{}\n## License\n\n- Code: MIT (`LICENSE`)\n\
             - Content (notes, charts in `assets/`): CC BY 4.0 — https://creativecommons.org/licenses/by/4.0/\n",
            text.concat()
        ),
        &[
            "2031-12-05 Gardens of Small Emus",
            "2031-12-04 Owls: Seeing at Night",
            "2031-12-03 Lakes of Sparse Gnus",
            "2031-12-02 The Long Way Home of Yaks",
        ],
    );
}

#[test]
fn a_table_of_the_titles_below_is_an_overview() {
    let papers =
        ["2031-06 Neural Emu Recoloring", "2030-06 Owl2Embed: Fast Counting", "2027-07 Deep Gnus on the Plain"];
    let rows: String = papers.iter().map(|title| format!("| {title} | They do. |\n")).collect();
    let notes: String = papers.iter().map(|title| format!("## {title}\n- They do, says arXiv.\n\n")).collect();
    check(
        &format!("| Paper | Takeaways |\n| :--- | :--- |\n{rows}\n\n{notes}"),
        &["- Neural Emu Recoloring", "- Owl2Embed: Fast Counting", "- Deep Gnus on the Plain"],
    );
}
