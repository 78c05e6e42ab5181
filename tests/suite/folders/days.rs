//! Days that files about one paper are dated by: those of their folders, but not the numbers of their parts.

use super::check;

fn note(title: &str) -> String {
    format!(
        "# {title}\n\n| 项目 | 内容 |\n|---|---|\n| 作者 | A. Gnu |\n\n## 动机\n\nThey count.\n\n## 方法\n\nA net.\n"
    )
}

#[test]
fn a_folder_named_after_a_day_dates_its_files() {
    let (emus, gnus, owls) =
        (note("Emus at Work on the Plain"), note("Gnus Learn to Run"), note("Owls: Seeing at Night"));
    let day = "---\ndate: 2031-05-02\n---\n";
    check(
        &[
            ("2031-05-17/emus.md", &emus),
            ("2031-05-17/herds/gnus.md", &gnus),
            ("2031-05-18/2031-05-01-owls.md", &owls),
            ("2031-05-18/yaks.md", &format!("{day}{}", note("Yaks in the Rain"))),
        ],
        &[
            ["2031-05-17", "2031-05-17/emus.md", "Emus at Work on the Plain"],
            ["2031-05-17", "2031-05-17/herds/gnus.md", "Gnus Learn to Run"],
            ["2031-05-01", "2031-05-18/2031-05-01-owls.md", "Owls: Seeing at Night"],
            ["2031-05-02", "2031-05-18/yaks.md", "Yaks in the Rain"],
        ],
    );
}

#[test]
fn a_day_of_a_folder_counts_beside_files_without_one() {
    let titles = ["Emus at Work on the Plain", "Gnus Learn to Run", "Owls: Seeing at Night", "Yaks in the Rain"];
    let [emus, gnus, owls, yaks] = titles.map(note);
    check(
        &[
            ("2031-05-17/2029-emus.md", &emus),
            ("herds/gnus.md", &gnus),
            ("herds/owls.md", &owls),
            ("herds/yaks.md", &yaks),
        ],
        &[
            ["2031-05-17", "2031-05-17/2029-emus.md", titles[0]],
            ["herds", "herds/gnus.md", titles[1]],
            ["herds", "herds/owls.md", titles[2]],
            ["herds", "herds/yaks.md", titles[3]],
        ],
    );
}

#[test]
fn a_folder_of_a_day_dates_a_list() {
    let list = "- [Emus at Work on the Plain](https://arxiv.org/abs/2031.00001)\n- [Gnus Learn to Run](https://arxiv.org/abs/2031.00002)\n";
    check(
        &[("2031-05-17/papers.md", list)],
        &[
            ["2031-05-17", "2031-05-17/papers.md", "Emus at Work on the Plain"],
            ["2031-05-17", "2031-05-17/papers.md", "Gnus Learn to Run"],
        ],
    );
}

#[test]
fn numbers_of_parts_are_no_days() {
    let note = |title: &str, below: &str| {
        format!(
            "# [{title}](https://zoo.org/a.pdf)\n\n## Summary\n\nEmus count.\n\n{below}## Pros\n\n- Fast.\n\n## Cons\n\n- Few.\n"
        )
    };
    let parts = "### 2.1\n\nThey walk.\n\n### 2.2\nThey run.\n\n### 2.3 Birds\n\nThey fly.\n\n";
    check(
        &[
            ("Emus/README.md", &note("Emus at Work on the Plain", parts)),
            ("Gnus/README.md", &note("Gnus Learn to Run", "")),
            ("Owls/README.md", &note("Owls: Seeing at Night", "")),
        ],
        &[
            ["notes", "Emus/README.md", "Emus at Work on the Plain"],
            ["notes", "Gnus/README.md", "Gnus Learn to Run"],
            ["notes", "Owls/README.md", "Owls: Seeing at Night"],
        ],
    );
}
