//! Files and lists in a folder that are about the folder itself, or about something other than papers.

use super::{check, papers, read};

fn note(title: &str) -> String {
    format!("# {title}\n\nhttps://arxiv.org/abs/2031.01234\n\nThey do.\n")
}

#[test]
fn licences_and_documentation_beside_notes_are_not_papers() {
    check(
        &[
            ("CODE_OF_CONDUCT.md", "# Zoo Code of Conduct\n\n## 1. Aim\n\nRespect.\n\n## 2. Reports\n\nWrite to us.\n"),
            ("LICENSE.md", "# Released under MIT License\n\nCopyright (c) 2031 Anna Owl.\n"),
            ("content/emus/README.md", &note("Emus at Work on the Plain")),
            ("content/gnus/README.md", &note("Gnus Learn to Run")),
            ("content/owls/README.md", &note("Owls at Night: a Survey")),
            ("docs/hosting.md", "---\ntitle: \"Putting the Zoo on the Web\"\n---\n\n## Pages\n\nPush to build.\n"),
        ],
        &[
            ["content", "content/emus/README.md", "Emus at Work on the Plain"],
            ["content", "content/gnus/README.md", "Gnus Learn to Run"],
            ["content", "content/owls/README.md", "Owls at Night: a Survey"],
        ],
    );
}

#[test]
fn notes_in_docs_are_papers() {
    let (emus, owls) = (note("Emus at Work on the Plain"), note("Owls at Night: a Survey"));
    let log = read(&[("README.md", "# My notes\n\nOn birds.\n"), ("docs/emus.md", &emus), ("docs/owls.md", &owls)]);
    assert_eq!(log.entries.len(), 2, "{:?}", papers(&log));
}

#[test]
fn pages_and_templates_of_a_website_are_not_papers() {
    let page = |title: &str, link: &str| {
        format!("---\nlayout: page\ntitle: {title}\npermalink: {link}\n---\n\nHello there.\n")
    };
    let post = |title: &str| format!("---\ntitle: \"{title}\"\ndate: 2031-05-17\n---\n\n## Method\n\nThey do.\n");
    let template =
        "---\ntitle: \"{{ replace .Name \"-\" \" \" | title }}\"\ndate: {{ .Date }}\n---\n\n## Method\n\n## Results\n";
    check(
        &[
            ("404.md", &page("Page not found", "404.html")),
            ("_posts/emus.md", &post("Emus at Work on the Plain")),
            ("_posts/gnus.md", &post("Gnus Learn to Run")),
            ("_posts/owls.md", &post("Owls at Night: a Survey")),
            ("_posts/yaks.md", &post("Yaks in the Rain")),
            ("archetypes/default.md", template),
            ("contact.md", &page("Contact the Keepers", "/contact/")),
        ],
        &[
            ["2031-05-17", "_posts/emus.md", "Emus at Work on the Plain"],
            ["2031-05-17", "_posts/gnus.md", "Gnus Learn to Run"],
            ["2031-05-17", "_posts/owls.md", "Owls at Night: a Survey"],
            ["2031-05-17", "_posts/yaks.md", "Yaks in the Rain"],
        ],
    );
}

#[test]
fn items_about_the_folder_are_not_papers() {
    let index = "# Paper diary\n\n## Log\n\n- April 9, 2031: [Papers/EMU.md](Papers/EMU.md)\n\
        - April 10, 2031: [Papers/Owls at Night.md](Papers/Owls%20at%20Night.md)\n\
        - April 11, 2031: [Papers/Gnus Learn to Run.md](Papers/Gnus%20Learn%20to%20Run.md)\n\n\
        ## Where things are\n\n- [`Papers/EMU.md`](/home/anna/Papers/EMU.md): what I wrote about a paper\n\
        - [`Papers/emu.pdf`](/home/anna/Papers/emu.pdf): the paper itself\n\n\
        ## What a note holds\n\n- Link to the paper\n- Question that the paper asks\n- Sketch of the method\n";
    check(
        &[
            ("README.md", index),
            ("Papers/EMU.md", &note("EMU")),
            ("Papers/Gnus Learn to Run.md", &note("Gnus Learn to Run")),
            ("Papers/Owls at Night.md", &note("Owls at Night")),
        ],
        &[
            ["2031-04-09", "Papers/EMU.md", "EMU"],
            ["2031-04-11", "Papers/Gnus Learn to Run.md", "Gnus Learn to Run"],
            ["2031-04-10", "Papers/Owls at Night.md", "Owls at Night"],
        ],
    );
}

#[test]
fn a_table_of_conferences_holds_no_papers() {
    let index = "# Reading List\n\n## Conferences\n\nName | dblp\n-----|------\n\
        Asia Conference on Emus and Owls (Emu CCS) | [dblp](https://dblp.org/db/conf/emu/) |\n\
        Symposium on Gnu Running (SGR) | [dblp](https://dblp.org/db/conf/sgr/) |\nEUROYAK | [dblp](https://dblp.org/db/conf/yak/)\n";
    check(
        &[
            ("readme.md", index),
            ("topics/emus.md", "# Emus at Work on the Plain\n\n> https://dblp.org/rec/conf/emu/1\n\nThey run.\n"),
            (
                "topics/gnus.md",
                "# Gnus: Learning to Run without Rest\n\n> https://dblp.org/rec/conf/sgr/1\n\nThey do.\n",
            ),
        ],
        &[
            ["topics", "topics/emus.md", "Emus at Work on the Plain"],
            ["topics", "topics/gnus.md", "Gnus: Learning to Run without Rest"],
        ],
    );
}

#[test]
fn links_to_other_lists_are_not_papers() {
    let text = "# Bird literature\nAll that I finished.\n\nOther lists of mine:\n* [essays that I finished](essays.md)\n\
        * [talks that I watched](talks.md)\n\n## Day\n- A. Owl. \"Emus at Work on the Plain\". Journal of Birds 2031.\n\
        - B. Gnu. \"Gnus Learn to Run\". Journal of Birds 2030.\n- C. Emu. \"Seeds of the Plain\". Journal of Birds 2031.\n\n\
        ## Night\n- A. Owl. \"Owls at Night: a Survey\". Journal of Birds 2029.\n- A. Owl. \"Moths of the Moon\". Journal of Moths 2031.\n";
    let log = read(&[("README.md", text)]);
    let titles: Vec<&str> = log.entries.iter().map(|entry| &*entry.title).collect();
    assert_eq!(titles.len(), 5, "{titles:?}");
}

#[test]
fn a_line_below_a_table_is_no_row_of_it() {
    let head = "|Title|Venue|\n|--|--|\n";
    let row = |title: &str| format!("|[{title}](https://arxiv.org/pdf/2031.01234.pdf)|EMNLP|\n");
    let (emus, owls) = (row("Emus at Work on the Plain"), row("Owls at Night: a Survey"));
    check(
        &[
            ("birds.md", &format!("# Zoo - Birds\n{head}{emus}{owls}[Back to index](../README.md)\n")),
            ("cattle.md", &format!("# Zoo - Cattle\n{head}{}{}", row("Gnus Learn to Run"), row("Yaks in the Rain"))),
            (
                "deer.md",
                &format!("# Zoo - Deer\n{head}{}\n\n[Back to index](../README.md)\n", row("Elks Count to Ten")),
            ),
        ],
        &[
            ["Zoo - Birds", "birds.md", "Emus at Work on the Plain"],
            ["Zoo - Birds", "birds.md", "Owls at Night: a Survey"],
            ["Zoo - Cattle", "cattle.md", "Gnus Learn to Run"],
            ["Zoo - Cattle", "cattle.md", "Yaks in the Rain"],
            ["Zoo - Deer", "deer.md", "Elks Count to Ten"],
        ],
    );
}

#[test]
fn advice_on_a_front_page_is_no_list_of_papers() {
    let note = |title: &str| {
        format!("# {title}\n\nhttps://arxiv.org/abs/2031.00001\n\n## Method\n\nThey count.\n\n## Results\n\nMany.\n")
    };
    let advice = "# 📓Paper List\n\n## [논문 읽기]\n1. title, abstract, figure\n2. introduction, conclusion, figure\n\n\
                  * 5~20개 논문 완독 : 해당 분야의 기초 지식\n* 50~100개 논문 완독 : 해당 분야의 깊은 지식\n\n## [논문 찾기]\n\
                  * Introduction에 나오는 논문 = 필수 논문\n* 'survey 해당 분야' 논문 검색\n\
                  * 웹서핑, 구글 스칼라, RISS\n";
    let titles =
        ["Emus at Work on the Plain", "Owls: Seeing at Night", "A Study of Gnus at Noon", "The Long Way Home of Yaks"];
    let notes: Vec<(String, String)> =
        titles.iter().zip(1..).map(|(title, at)| (format!("notes/{at}.md"), note(title))).collect();
    let files = notes.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    let files: Vec<(&str, &str)> = [("README.md", advice)].into_iter().chain(files).collect();
    let log = read(&files);
    let found: Vec<&str> = log.entries.iter().map(|entry| &*entry.title).collect();
    assert_eq!(found, titles);
}
