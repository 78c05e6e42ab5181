//! Small logs with items to read that were once misread.

use papers_tui::log::{Log, SectionKind};

use super::kinds::{check, read_as};

fn pending(log: &Log) -> Vec<&str> {
    log.tasks.iter().filter(|task| task.pending).map(|task| task.text.as_str()).collect()
}

#[test]
fn labels_of_links_are_no_part_of_an_item() {
    let log = read_as(
        "log.md",
        "# Papers\n\n## 2031-05-17\n\n- Emus at Work on the Plain [[pdf](https://arxiv.org/abs/2031.00001)]\n\n## To Read\n\n\
         - Owls: Seeing at Night [[paper](https://arxiv.org/abs/2031.00002)]\n\
         - A Study of Gnus [[paper](https://arxiv.org/abs/2031.00003)] [[code](https://x.org)]\n\
         - The Long Way Home of Yaks [pdf](https://arxiv.org/abs/2031.00004), [code](https://x.org)\n\
         - Elks, [[pdf]](https://arxiv.org/abs/2031.00005)\n\
         - A very long title of a paper on birds\n  and cattle [[pdf](https://arxiv.org/abs/2031.00006)]\n\
         - [ ] Yaks in the Snow ([arXiv](https://arxiv.org/abs/2031.00007))\n\
         - [pdf](https://arxiv.org/abs/2031.00008)\n\
         - Write to Anna about the [review](https://x.org)\n\
         - Read [chapter 2]\n",
    );
    assert_eq!(
        pending(&log),
        [
            "Owls: Seeing at Night",
            "A Study of Gnus",
            "The Long Way Home of Yaks",
            "Elks",
            "A very long title of a paper on birds and cattle",
            "Yaks in the Snow",
            "pdf",
            "Write to Anna about the review",
            "Read [chapter 2]",
        ]
    );
}

#[test]
fn a_box_above_linked_boxes_is_a_group() {
    let text = "# Papers\n\n- [ ] [Counting]()\n\n    - [x] [Emus at Work on the Plain](#emus)\n\n\
                - [ ] [Seeing & Hearing + Walking Home of Cattle at Night]()\n\n\
                \x20   - [ ] [Owls: Seeing at Night]()\n\n    - [ ] [A Study of Gnus on the Plain]()\n\n\
                - [ ] [Walking]()\n\n    - [ ] [The Long Way Home of Yaks](https://arxiv.org/abs/2031.00001)\n";
    check(
        text,
        &[
            "- Emus at Work on the Plain",
            "- Owls: Seeing at Night",
            "- A Study of Gnus on the Plain",
            "- The Long Way Home of Yaks",
        ],
    );
}

#[test]
fn lines_of_a_list_above_its_subheadings_are_items() {
    let log = read_as(
        "README.md",
        "# To Review\nneural digging machine\nemu net [Gnu et al. 2031]\n\
         Owls at Night [Owl et al., 2032]\n[Seeing and Hearing, Gnu and Owl 2031]\n\n## videos\n\
         * Dense tracks for emu recognition, Gnu et al., 2031\n* Deep models of yak walks, Elk et al., 2032\n",
    );
    assert!(log.sections.iter().any(|section| section.kind == SectionKind::Pending));
    assert_eq!(pending(&log).len(), 6);
}
