//! Notes named by citation keys, weeks or days, with the title elsewhere.

use super::{check, papers, read};

#[test]
fn a_heading_is_a_better_title_than_a_citation_key() {
    let note = |key: &str, read: &str, title: &str| {
        format!(
            "---\ntitle: {key}\n---\n\nInicio de lectura: {read}\n\n# {title}\n\n**Autor:** Gnu\n\nResumen de las aves.\n"
        )
    };
    check(
        &[
            ("lecturas/2031_Gnu.md", &note("2031_Gnu", "2031-05-17", "La vida de las aves en la ciudad: una mirada")),
            ("lecturas/2030_Owl.md", &note("2030_Owl", "2031-05-20", "¿Cómo se cuentan los búhos por la noche?")),
            ("lecturas/2029_Yak.md", &note("2029_Yak", "2031-06-01", "Los caminos largos de los yaks")),
            ("lecturas/2028_Elk.md", &note("2028_Elk", "2031-06-03", "Puntos clave")),
        ],
        &[
            ["2031-05-17", "lecturas/2031_Gnu.md", "La vida de las aves en la ciudad: una mirada"],
            ["2031-05-20", "lecturas/2030_Owl.md", "¿Cómo se cuentan los búhos por la noche?"],
            ["2031-06-01", "lecturas/2029_Yak.md", "Los caminos largos de los yaks"],
            ["2031-06-03", "lecturas/2028_Elk.md", "2028_Elk"],
        ],
    );
}

#[test]
fn weeks_of_a_research_log_are_no_papers() {
    let week = |number: u32, month: &str| {
        format!(
            "# Fall Week {number} ({month} 3 - {month} 9)\n\n## Goals\n- [x] read the paper on emus\n\n## Monday\n\
             Met the group. Read the paper on owls.\n\n## Next Week\n- [ ] write the introduction\n"
        )
    };
    let log = read(&[
        ("README.md", "# Research Log\n\nMy research log for 2031.\n"),
        ("fall/week02.md", &week(2, "October")),
        ("fall/week03.md", &week(3, "October")),
        ("fall/week04.md", &week(4, "November")),
        ("fall/week05.md", &week(5, "November")),
    ]);
    assert_eq!(papers(&log), Vec::<[String; 3]>::new());
}

#[test]
fn the_day_of_a_files_name_is_no_part_of_its_title() {
    let post = |day: &str, title: &str| {
        format!(
            "---\ntitle: \"2031 05 {day} {title}\"\ndate: 2031-05-{day}T\n---\n\n## What is it?\n\nA paper on birds.\n"
        )
    };
    let titles = ["Emus at Work on the Plain", "Owls at Night: a Survey", "Counting Gnus With Few Sensors"];
    let files: Vec<(String, String)> = (["17", "18", "20"].into_iter().zip(titles))
        .map(|(day, title)| (format!("posts/2031-05-{day} {title}.md"), post(day, title)))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let log = read(&files);
    let mut found: Vec<&str> = log.entries.iter().map(|entry| &*entry.title).collect();
    found.sort_unstable();
    assert_eq!(found, ["Counting Gnus With Few Sensors", "Emus at Work on the Plain", "Owls at Night: a Survey"]);
}
