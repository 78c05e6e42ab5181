//! Folders about something other than papers: notes on a course, exercises, a diary.

use super::{check, papers, read};

#[test]
fn exercises_are_no_papers() {
    check(
        &[
            ("README.md", "# 学习屋\n\n## [JS 基础](./JS)\n\n- [飞行循环](./JS/1.md)\n"),
            ("JS/1.md", "### 飞行循环\n\n---\n\n飞行循环是鸟类的执行机制。\n\n##### 宏任务\n\n- 飞\n- 走\n"),
            ("应用题/实现emuBus.md", "# 实现emuBus\n"),
            ("应用题/实现一个鸟巢组件.md", "# 实现一个鸟巢组件\n"),
            (
                "应用题/鸟巢扁平化的若干种方法.md",
                "# 鸟巢扁平化的若干种方法\n\n```javascript\nconst flat = (a) => a.flat();\n```\n",
            ),
            ("应用题/解析鸟巢参数为对象.md", "# 解析鸟巢参数为对象\n\n```javascript\nlet a = 1;\n```\n"),
        ],
        &[],
    );
}

#[test]
fn notes_on_a_language_or_a_course_are_no_papers() {
    check(
        &[
            (
                "js/copy.md",
                "# Shallow Nest vs Deep Nest\n\n### Shallow Nest\n\n- 얕은 둥지\n\n### Deep Nest\n\n- 깊은 둥지\n",
            ),
            ("js/equality.md", "# Loose Fence vs Strict Fence\n\n- 느슨한 울타리\n- 엄격한 울타리\n"),
            ("js/hoisting.md", "# hoisting\n\n- 위로 올라간다\n"),
            ("html/position.md", "# position\n\n### static\n\n- 기본값이다\n"),
            ("html/display.md", "# display\n\n### block\n\n- 한 줄을 차지한다\n"),
        ],
        &[],
    );
    check(
        &[
            ("class-02.md", "## Class 02 Reading Notes\n### Chapter 2, Text\n*emu book, 40-61*\n\n+ `<p>` paragraph\n"),
            (
                "read-05.md",
                "## 101 Read-05, Images, Color and Text\n### Images, chapter 5\nChoosing images:\n+ be relevant\n",
            ),
            ("read-06.md", "## 101 Read 06. Problem Domain, Object Literals\n### Problem Domain\n+ make it smaller\n"),
            ("read-07.md", "## 101 Read-07 Notes: Tables, Functions, Methods\n### Tables\n+ `<table>`\n"),
            ("read-08.md", "## 101 Read-08 Notes: More Layout\n### Layout\n+ `<div>`\n"),
        ],
        &[],
    );
}

#[test]
fn one_mention_of_a_paper_makes_no_papers_of_lecture_notes() {
    check(
        &[
            ("README.md", "# 学习笔记\n\n- 首页卡片\n- 页面\n\n## 运行\n"),
            ("docs/walk/index.md", "# 行走\n\n- [基础](基础.md)\n- [KKT](KKT.md)\n"),
            ("docs/walk/基础.md", "# 基础\n\n## 凸集\n\n凸集的定义。\n"),
            (
                "docs/birds/鸟类学习.md",
                "# 鸟类学习\n\n## 线性回归\n\n$$y = wx$$\n\n## 主成分\n\n论文把这个问题写成了逼近。\n",
            ),
            (
                "docs/birds/数鸟算法基础.md",
                "# 数鸟算法基础\n\n## 召回\n\n经典方法，公式为 $a = b$。\n\n## 排序\n\n线性模型。\n",
            ),
            ("docs/birds/聚类.md", "# 聚类\n\n## K 均值\n\n先随机选择中心。\n"),
        ],
        &[],
    );
}

#[test]
fn days_of_a_diary_are_no_papers() {
    let day = |day: &str| {
        format!("# November {day}, 2031 Research Log\n\n### General Notes\n* Met Ada\n\n### Completed\n* homework 3\n")
    };
    let days = ["01", "04", "05", "07"].map(|number| (format!("2031/11/{number}.md"), day(number)));
    let files: Vec<(&str, &str)> = days.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert!(read(&files).entries.is_empty(), "{:?}", papers(&read(&files)));
    let log = read(&[
        (
            "2031_04_19.md",
            "---\ntitle: Apr 19th, 2031\n---\n\n- DONE  email to the zoo about the pass\n- TODO draft the plan\n",
        ),
        ("2031_04_20.md", "---\ntitle: Apr 20th, 2031\n---\n\n- DONE  Read source code of **emu -> owl** format\n"),
    ]);
    assert!(log.entries.is_empty(), "{:?}", papers(&log));
    assert_eq!(log.tasks.iter().filter(|task| task.is_done()).count(), 2);
}
