//! Files of a folder that were once taken for something else because of what is beside them, or in them.

use super::{papers, read};

/// The files that are read as one paper each, or hold papers, with their titles.
fn entries(files: &[(&str, &str)]) -> Vec<[String; 2]> {
    papers(&read(files)).into_iter().map(|[_, file, title]| [file, title]).collect()
}

const NOTE: &str = "用优化的方法求解接触序列。\n\n## 方法\n\n先求解离散的动作序列。\n\n## 实验\n\n成功率更高。\n";

#[test]
fn documentation_in_a_subfolder_does_not_hide_papers() {
    let note = |title: &str| format!("# {title}\n\n{NOTE}");
    let page =
        |title: &str| format!("# {title}\n\n求解器的参数。\n\n## 格式\n一个 JSON 文件。\n\n## 读入\n先读默认值。\n");
    let mut files = vec![
        (
            "1984 Emu The Robot.md",
            "# Emu The Robot\n是最早的研究之一。\n\n## 术语\n- 操作。\n\n## 做法\n逐层求解。\n".to_owned(),
        ),
        ("2031 Reachability Maps for Kitchen Robots.md", note("Reachability Maps for Kitchen Robots")),
        ("2031 Soft Contact Programs.md", note("Soft Contact Programs")),
        ("2032 Learning to Stack with Sparse Touch.md", note("Learning to Stack with Sparse Touch")),
        ("2032 Quiet Owls.md", note("Quiet Owls")),
    ];
    let read_all = |files: &[(&str, String)]| {
        entries(&files.iter().map(|(name, text)| (*name, text.as_str())).collect::<Vec<_>>())
    };
    let alone = read_all(&files);
    assert_eq!(alone.len(), 5);
    let pages = ["Config", "Optimizer", "System", "Mesh", "Collider", "Energy"];
    let names: Vec<String> = pages.iter().map(|page| format!("docs/{page}.md")).collect();
    files.extend(names.iter().zip(pages).map(|(name, title)| (name.as_str(), page(title))));
    let beside = read_all(&files);
    assert_eq!(beside[..5], alone);
}

#[test]
fn a_note_that_begins_with_its_abstract_has_its_title_in_its_name() {
    let long = |title: &str| {
        format!(
            "# {title}\n\n<br/>\n\n## Abstract\n\n새로운 방법을 제안한다.\n\n## 1. Introduction\n\n한계를 설명한다.\n"
        )
    };
    let found = entries(&[
        ("NLP/Emus at Work on the Plain.md", &long("Emus at Work on the Plain")),
        (
            "NLP/Lattice-1 리뷰.md",
            "## Abstract\n\n먼저 학습한다.\n\n## 1. Introduction\n\n설명한다.\n\n1. 데이터\n\n## 2. Method\n\n두 단계.\n",
        ),
        (
            "NLP/Lattice-2 리뷰.md",
            "\n# Abstract\n\n규모를 키운다.\n\n## Introduction\n\n효과를 본다.\n\n## Method\n\n같다.\n",
        ),
        ("NLP/Owls Seeing at Night.md", &long("Owls Seeing at Night")),
    ]);
    let titles: Vec<&str> = found.iter().map(|[_, title]| title.as_str()).collect();
    assert_eq!(titles, ["Emus at Work on the Plain", "Lattice-1", "Lattice-2", "Owls Seeing at Night"]);
}

#[test]
fn pages_of_a_site_are_no_papers() {
    let post = |title: &str, day: u8| {
        format!("---\ntitle: \"{title}\"\ndate: 2031-03-0{day}\n---\n\n## どんなもの？\n\n追跡の新しい手法。\n")
    };
    let page =
        |title: &str| format!("---\nlayout: page\ntitle: {title}\npermalink: /x/\n---\n\n[Home]({{{{ site.url }}}})\n");
    let found = entries(&[
        ("404.md", &page("Page not found")),
        ("_posts/2031-03-01-emus.md", &post("Emus: Tracking Objects on the Plain", 1)),
        ("_posts/2031-03-02-owls.md", &post("Owls: Seeing at Night", 2)),
        ("_posts/2031-03-03-gnus.md", &post("Gnus: a Study of Cattle", 3)),
        ("_posts/2031-03-04-yaks.md", &post("The Long Way Home of Yaks", 4)),
        (
            "archetypes/default.md",
            "---\ntitle: \"{{ replace .Name \"-\" \" \" | title }}\"\ndate: {{ .Date }}\n---\n\n### どんなもの？\n",
        ),
        ("contact.md", &page("Contact")),
    ]);
    let files: Vec<&str> = found.iter().map(|[file, _]| file.as_str()).collect();
    assert_eq!(
        files,
        [
            "_posts/2031-03-01-emus.md",
            "_posts/2031-03-02-owls.md",
            "_posts/2031-03-03-gnus.md",
            "_posts/2031-03-04-yaks.md"
        ]
    );
}

#[test]
fn tables_in_a_note_on_one_paper_are_no_papers_and_their_section_signs_no_dates() {
    let note = |title: &str| format!("# {title}\n\n새로운 방법을 제안한다.\n\n## Method\n\n비용이 줄어든다.\n");
    let long = "# PEEL 구현 검토 및 논문-코드 매핑\n\n**작성일**: 2032-02-11\n\n## 목차\n\n1. [요약](#요약)\n2. [대응](#대응)\n\n## 요약\n\n- ✅ 가중치 방식 세 가지\n- ✅ 안정화 두 단계\n\n\
        ## 대응\n\n| 논문 섹션 | 논문 내용 | 코드 파일 | 구현 내용 |\n|---|---|---|---|\n| **§3.1** | Problem setup, notation | - | Docstring에 반영 |\n\
        | **§3.2** | PEEL objective, stop gradient | trainer | weights를 분리 |\n| **§3.3** | Sequence-level weighting | trainer | `_uniform()` |\n\
        | **§3.4** | Token-level suffix weighting | trainer | `_suffix()` |\n\n## 검증\n\n| 항목 | 논문 | 코드 | 상태 |\n|---|---|---|---|\n\
        | Log-ratio 계산 | δt = log πθ - log πβ | L32 | ✅ |\n| Uniform weight | w = exp(Σδt) | L35 | ✅ |\n";
    let found = entries(&[
        ("Emus at Work on the Plain.md", &note("Emus at Work on the Plain")),
        ("Folding Policies from Paper Owls.md", &note("Folding Policies from Paper Owls")),
        ("Gnu Networks for Dense Captioning.md", &note("Gnu Networks for Dense Captioning")),
        ("PEEL.md", long),
    ]);
    let titles: Vec<&str> = found.iter().map(|[_, title]| title.as_str()).collect();
    assert_eq!(
        titles,
        [
            "Emus at Work on the Plain",
            "Folding Policies from Paper Owls",
            "Gnu Networks for Dense Captioning",
            "PEEL 구현 검토 및 논문-코드 매핑"
        ]
    );
}

#[test]
fn boxes_in_a_summary_are_not_pending() {
    let note = |title: &str| {
        format!(
            "# {title}\n\n## 핵심 아이디어\n\n비용을 줄인다.\n\n## 실전 체크리스트\n\n- [ ] Rank 선택: 8-64\n- [ ] 초기화 확인\n"
        )
    };
    let log = read(&[
        ("Part1/001_Emu.md", &note("Emu: Low-Cost Adaptation of Slow Birds")),
        ("Part1/002_Owl.md", &note("Owl: Accurate Seeing after Sunset")),
        ("Part1/003_Gnu.md", &note("Gnu: Decoding with Patient Drafts")),
    ]);
    assert_eq!(log.entries.len(), 3);
    assert_eq!(log.tasks.len(), 6);
    assert!(log.tasks.iter().all(|task| !task.pending && task.entry.is_some()));
}
