//! Builds PDFs for tests.

/// A line of text: ASCII text, font size, and baseline in points.
pub type Line<'a> = (&'a str, f32, f32);

/// A file of objects, numbered from 1; the first is the catalogue.
pub fn file(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        places.push(out.len());
        out.extend(format!("{number} 0 obj\n").bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places.iter().for_each(|place| out.extend(format!("{place:010} 00000 n \n").bytes()));
    let size = objects.len() + 1;
    out.extend(format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n").bytes());
    out
}

/// A stream with additional dictionary entries.
pub fn stream(entries: &str, bytes: &[u8]) -> Vec<u8> {
    [format!("<< /Length {} {entries} >>\nstream\n", bytes.len()).as_bytes(), bytes, b"\nendstream"].concat()
}

/// A file with a page for each of these contents.
pub fn contents(pages: &[Vec<u8>], trailer: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|page| format!("{} 0 R ", 4 + 2 * page)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()).into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
    ];
    for (page, at) in pages.iter().zip(0..) {
        let content = 5 + 2 * at;
        let head = "/Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >>";
        objects.push(format!("<< {head} /Contents {content} 0 R >>").into_bytes());
        objects.push(page.clone());
    }
    objects.extend(more.iter().cloned());
    file(&objects, trailer)
}

/// The operators that draw these lines.
pub fn drawn(lines: &[Line]) -> Vec<u8> {
    let escaped = |text: &str| text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
    let lines = lines.iter().map(|(text, size, y)| format!("BT /F1 {size} Tf 60 {y} Td ({}) Tj ET\n", escaped(text)));
    stream("", lines.collect::<String>().as_bytes())
}

/// A paper: title, authors, a stamp such as arXiv's, and references; any text may be empty.
pub fn paper(title: &str, authors: &str, stamp: &str, references: &[&str]) -> Vec<u8> {
    let first = [
        (title, 17.0, 700.0),
        (authors, 12.0, 670.0),
        ("Abstract", 12.0, 620.0),
        ("We say what emus do when they walk, and how.", 10.0, 600.0),
        (stamp, 9.0, 40.0),
    ];
    let mut lines = vec![("References", 12.0, 740.0)];
    lines.extend(references.iter().zip(1_u8..).map(|(it, at)| (*it, 10.0, 740.0 - 14.0 * f32::from(at))));
    contents(&[drawn(&first), drawn(&lines)], "", &[])
}
