use super::*;

#[test]
fn headings_of_pending_lists_are_recognised() {
    for heading in [
        "pending list",
        "TODO",
        "📚 TODO",
        "To-Do",
        "To Read List:",
        "to-read list",
        "Papers to read (12)",
        "Papers I'll read",
        "Papers I want to read",
        "Want to Read",
        "Reading Queue",
        "Reading List",
        "Unread Papers",
        "Have to read",
        "还没读",
        "앞으로 읽을 것",
        "**Next up**",
        "Future reading",
        "To be done",
        "3. To read",
        "To Read (by topic)",
        "待读（按时间）",
        "待读 / To read",
        "TODO & Backlog",
        "Wishlist",
        "To-read papers",
        "待读论文",
        "待读清单",
        "论文待读",
        "想读的论文",
        "未读论文",
        "未读文献",
        "待读paper",
        "打算读的论文",
        "阅读清单",
        "読みたい論文",
        "読むリスト",
        "未読論文",
        "積読リスト",
        "読書リスト",
        "読むへ\u{3099}き論文",
        "気になる論文",
        "나중에 읽기",
        "之后要读",
        "下周要读的论文",
        "읽을 논문",
        "읽어볼 논문",
        "읽고 싶은 논문 목록",
        "Preliminary Papers to Read",
        "Key papers to read:",
    ] {
        assert!(is_list(heading), "{heading}");
    }
}

#[test]
fn other_headings_are_not_pending_lists() {
    for heading in [
        "TO ADD (already read)",
        "To read (done)",
        "Must-read papers",
        "Reading / To read",
        "2031.5.17",
        "How to read a paper",
        "How to find papers to read",
        "Read",
        "Reading",
        "Papers",
        "List",
        "Next Sentence Prediction",
        "Online dynamic queue",
        "论文",
        "清单",
        "",
    ] {
        assert!(!is_list(heading), "{heading}");
    }
    assert!(["Done ✅", "Papers read", "已读论文", "読了"].into_iter().all(is_read));
    assert!(!is_read("To Read") && !is_read("Unread"));
    assert!(may_be_title("# Reading List") && !may_be_title("To read"));
}

#[test]
fn the_quick_check_accepts_every_name() {
    for name in [PENDING, TITLES, READ, AROUND[0]].concat() {
        for heading in [name.to_owned(), name.to_uppercase(), format!("📚 {name}"), format!("3. **{name}**")] {
            assert!(may_be_name(&heading), "{heading}");
        }
    }
    assert!(!may_be_name("结构") && !may_be_name("2031.5.17") && may_be_name("ｔｏ ｒｅａｄ"));
}

#[test]
fn files_and_folders_can_be_named_like_a_pending_list() {
    for path in ["to-read.md", "notes/Want to Read/emus.md", "Articles to read.md", "未读/emus.md"] {
        assert!(is_path_of_list(path), "{path}");
    }
    for path in ["reading-list.md", "to-read/birds/emus.md", "next/emus.md", "read/emus.md", "emus.md", ""] {
        assert!(!is_path_of_list(path), "{path}");
    }
    let names = ["to-read.md", "todo.md", "待读.md", "reading.md"];
    assert_eq!(names.map(is_path_of_papers), [true, false, true, false]);
}
