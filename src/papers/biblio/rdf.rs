//! Parses Zotero RDF, the format in which Zotero exports collections with notes and files.

use std::collections::HashMap;

use roxmltree::{Document, Node, ParsingOptions};

use super::{Name, Record, joined};

/// Zotero's item types and their BibTeX types. All others become `misc`.
const KINDS: [(&str, &str); 9] = [
    ("journalArticle", "article"),
    ("magazineArticle", "article"),
    ("newspaperArticle", "article"),
    ("conferencePaper", "inproceedings"),
    ("bookSection", "incollection"),
    ("book", "book"),
    ("thesis", "phdthesis"),
    ("report", "techreport"),
    ("manuscript", "unpublished"),
];
/// Zotero's types for parts of an item, which are not items themselves.
const PARTS: [&str; 3] = ["attachment", "note", "annotation"];
/// Maximum number of nodes in a document; a bibliography of 20,000 items has about a million.
const MOST_NODES: u32 = 4_000_000;

/// Parses all items with a title.
///
/// # Errors
/// If the text is not XML: the line, from 1, and the reason.
pub fn read(text: &str) -> Result<Vec<Record>, (usize, String)> {
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options)
        .map_err(|error| (usize::try_from(error.pos().row).unwrap_or(0), error.to_string()))?;
    let items = || document.root_element().children().filter(Node::is_element);
    // The journal or proceedings of an item is a separate node, which the item refers to by name.
    let named: HashMap<&str, Node<'_, '_>> = items().filter_map(|node| Some((about(node)?, node))).collect();
    Ok(items().filter_map(|item| record(item, &named)).collect())
}

/// The name by which other nodes refer to a node.
fn about<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    attribute(node, "about")
}

/// The value of an attribute, whatever its namespace prefix.
fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

fn children<'a, 'input: 'a>(node: Node<'a, 'input>, name: &str) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(move |child| child.tag_name().name() == name)
}

/// The text in the first child with this name.
fn text<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    children(node, name).find_map(own_text)
}

fn own_text<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.descendants().filter_map(|inner| inner.text()).map(str::trim).find(|text| !text.is_empty())
}

fn record(item: Node<'_, '_>, named: &HashMap<&str, Node<'_, '_>>) -> Option<Record> {
    let kind = text(item, "itemType")?;
    let title = text(item, "title").filter(|_| !PARTS.contains(&kind))?;
    let kind = KINDS.iter().find(|(zotero, _)| *zotero == kind).map_or("misc", |(_, bibtex)| bibtex);
    let mut record = Record { kind: kind.to_owned(), ..Record::default() };
    record.set("title", title);
    record.set("author", joined(&children(item, "authors").flat_map(people).collect::<Vec<_>>()));
    record.set("date", text(item, "date").unwrap_or_default());
    record.set("abstract", text(item, "abstract").unwrap_or_default());
    record.set("keywords", children(item, "subject").filter_map(own_text).collect::<Vec<_>>().join(", "));
    record.set("pages", text(item, "pages").unwrap_or_default());
    identify(item, &mut record);
    if record.field("url").is_none() {
        record.set("url", about(item).filter(|name| name.starts_with("http")).unwrap_or_default());
    }
    for part in children(item, "isPartOf") {
        let within = attribute(part, "resource").and_then(|name| named.get(name).copied());
        if let Some(within) = within.or_else(|| part.first_element_child()) {
            let is_book = matches!(record.kind.as_str(), "inproceedings" | "incollection");
            record.set(if is_book { "booktitle" } else { "journal" }, text(within, "title").unwrap_or_default());
            record.set("volume", text(within, "volume").unwrap_or_default());
            record.set("number", text(within, "number").unwrap_or_default());
            identify(within, &mut record);
        }
    }
    Some(record)
}

/// Sets a record's URL and DOI from the identifiers of a node.
fn identify(node: Node<'_, '_>, record: &mut Record) {
    for said in children(node, "identifier").filter_map(own_text) {
        match said.strip_prefix("DOI ") {
            Some(doi) => record.set("doi", doi),
            None if said.starts_with("http") && record.field("url").is_none() => record.set("url", said),
            None => {}
        }
    }
}

/// The people in a list of authors.
fn people(authors: Node<'_, '_>) -> Vec<Name> {
    let people = authors.descendants().filter(|node| node.tag_name().name() == "Person");
    let name = |person| {
        let family = text(person, "surname")?.to_owned();
        // Older exports write `givenname`.
        Some(match text(person, "givenName").or_else(|| text(person, "givenname")) {
            Some(given) => Name::Person(family, given.to_owned()),
            None => Name::Whole(family),
        })
    };
    people.filter_map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPORT: &str = r##"<rdf:RDF xmlns:rdf="r" xmlns:z="z" xmlns:dcterms="t" xmlns:bib="b" xmlns:foaf="f" xmlns:dc="d" xmlns:prism="p">
    <bib:Article rdf:about="https://arxiv.org/abs/2031.01234">
        <z:itemType>journalArticle</z:itemType>
        <dcterms:isPartOf rdf:resource="urn:issn:1"/>
        <bib:authors><rdf:Seq>
            <rdf:li><foaf:Person><foaf:surname>Doe</foaf:surname><foaf:givenName>Jane</foaf:givenName></foaf:Person></rdf:li>
            <rdf:li><foaf:Person><foaf:surname>The Emu Group</foaf:surname></foaf:Person></rdf:li>
        </rdf:Seq></bib:authors>
        <dc:subject>birds</dc:subject>
        <dc:subject><z:AutomaticTag><rdf:value>night</rdf:value></z:AutomaticTag></dc:subject>
        <dc:date>2031-05-17</dc:date>
        <dc:title>Emus &amp; Yaks at Night</dc:title>
    </bib:Article>
    <bib:Journal rdf:about="urn:issn:1">
        <dc:title>Journal of Birds</dc:title>
        <prism:volume>7</prism:volume>
        <dc:identifier>DOI 10.1/emu</dc:identifier>
    </bib:Journal>
    <z:Attachment rdf:about="#item_2"><z:itemType>attachment</z:itemType><dc:title>PDF</dc:title></z:Attachment>
    <rdf:Description rdf:about="#item_3"><z:itemType>webpage</z:itemType><dc:title>Yaks</dc:title>
        <dc:identifier><dcterms:URI><rdf:value>https://yaks.example/1</rdf:value></dcterms:URI></dc:identifier>
    </rdf:Description>
</rdf:RDF>"##;

    #[test]
    fn items_are_read_with_their_journal() {
        let records = read(EXPORT).expect("an export");
        let [paper, page] = records.as_slice() else { panic!("{records:?}") };
        let field = |name| paper.field(name).unwrap_or_default();
        assert_eq!((paper.kind.as_str(), field("title")), ("article", "Emus & Yaks at Night"));
        assert_eq!((field("author"), field("date")), ("Doe, Jane and {The Emu Group}", "2031-05-17"));
        assert_eq!((field("journal"), field("volume"), field("doi")), ("Journal of Birds", "7", "10.1/emu"));
        assert_eq!((field("keywords"), paper.arxiv().as_deref()), ("birds, night", Some("2031.01234")));
        assert_eq!((page.title(), page.link().as_deref()), (Some("Yaks"), Some("https://yaks.example/1")));
    }

    #[test]
    fn invalid_xml_is_refused_with_its_line() {
        assert_eq!(read("<a>\n<b></a>").expect_err("not XML").0, 2);
        assert!(read("<a/>").expect("XML").is_empty());
    }
}
