//! Pictures, from files to cells of a frame.

use std::io::Write;
use std::path::{Path, PathBuf};

use papers_tui::app::page::figures::{FigureAnswer, FigureId, FigureRequest};
use papers_tui::app::page::flow::PageLine;
use papers_tui::app::screen::layout::Size;
use papers_tui::app::{Effect, Message};
use papers_tui::io::{decode, picture, sample};
use papers_tui::tui::encode::Encoded;
use papers_tui::tui::protocol::{PictureSupport, Protocol};
use papers_tui::tui::ready::Ready;
use papers_tui::ui::pictures::ReadyPictures;
use papers_tui::words::{Language, Say};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::drive::Drive;

const SCREEN: PictureSupport = PictureSupport { protocol: Protocol::HalfBlocks, cell: (10, 20) };

/// A PNG from its colour type and packed pixels.
fn png(width: u32, height: u32, colour: u8, pixels: &[u8]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8; 4], data: &[u8]| {
        let body: Vec<u8> = kind.iter().chain(data).copied().collect();
        file.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        file.extend(&body);
        file.extend(crc(&body).to_be_bytes());
    };
    let header = [width.to_be_bytes().as_slice(), &height.to_be_bytes(), &[8, colour, 0, 0, 0]].concat();
    chunk(b"IHDR", &header);
    chunk(b"IDAT", &stored(pixels));
    chunk(b"IEND", &[]);
    file
}

/// The checksum of PNG's chunks (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

/// A zlib stream (RFC 1950) of one uncompressed block.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap();
    let (a, b) = bytes.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    let mut stream = vec![0x78, 0x01, 0x01];
    stream.extend(length.to_le_bytes());
    stream.extend((!length).to_le_bytes());
    stream.extend(bytes);
    stream.extend(((b << 16) | a).to_be_bytes());
    stream
}

fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    file
}

#[track_caller]
fn refused(bytes: &[u8], reason: &str) {
    let file = file(bytes);
    let found = decode::pixels(file.path(), "x.png").map(|_| ()).unwrap_err().to_string();
    assert!(found.starts_with("x.png: ") && found.contains(reason), "{found}");
}

#[test]
fn picture_sizes_from_headers_are_limited() {
    refused(&png(100_000, 100_000, 6, &[]), "too large to show: 100000×100000");
    refused(&png(8193, 1, 6, &[]), "too large");
    refused(&png(8000, 8000, 0, &[]), "too large");
    // 32 million pixels of four bytes exceed the limit.
    refused(&png(8000, 4000, 6, &[]), "too large");
    refused(&png(0, 1, 6, &[]), "damaged");
}

#[test]
fn broken_pictures_are_reported() {
    let whole = png(1, 1, 2, &[0, 1, 2, 3]);
    assert!(decode::pixels(file(&whole).path(), "x.png").is_ok());
    for end in [10, 20, 30, 40, 45] {
        let truncated = file(&whole[..end]);
        assert!(decode::pixels(truncated.path(), "x.png").is_err(), "{end}");
    }
    refused(b"", "not a PNG");
    refused(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "not a PNG");
    refused(b"\xFF\xD8\xFF\xE0 this is no JPEG", "damaged");
    refused(b"GIF89a", "damaged");
}

#[test]
fn the_format_comes_from_the_content_and_transparency_is_white() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wrong.jpg");
    std::fs::write(&path, png(2, 1, 6, &[0, 10, 20, 30, 255, 0, 0, 0, 0])).unwrap();
    assert_eq!(decode::size(&path, "wrong.jpg"), Ok((2, 1)));
    let pixels = decode::pixels(&path, "wrong.jpg").unwrap();
    assert_eq!(pixels.as_raw(), &[10, 20, 30, 255, 255, 255, 255, 255]);
}

/// A picture whose rows get brighter towards the bottom.
fn ramp(width: u32, height: u32) -> image::RgbaImage {
    image::RgbaImage::from_fn(width, height, |_, y| {
        let bright = u8::try_from(y * 255 / height).unwrap();
        image::Rgba([bright, bright, bright, 255])
    })
}

#[test]
fn a_picture_looks_the_same_at_any_position() {
    let cells = Size { width: 12, height: 8 };
    for protocol in [Protocol::HalfBlocks, Protocol::Kitty, Protocol::Sixel, Protocol::Iterm2] {
        let encoded = Encoded::new(ramp(120, 160), cells, PictureSupport { protocol, ..SCREEN }).unwrap();
        assert!(encoded.bytes > 0, "{protocol:?}");
        let drawn = |top: u16, height: u16| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 12));
            encoded.draw(top, Rect::new(3, 2, cells.width, height), &mut buffer);
            buffer
        };
        let _transmitted = drawn(0, 8);
        let whole = drawn(0, 8);
        let outside = |buffer: &Buffer, rows: std::ops::Range<u16>| {
            let blank = |x: u16, y: u16| buffer[(x, y)] == ratatui::buffer::Cell::default();
            (0..12).all(|y| (0..20).all(|x| (3..15).contains(&x) && rows.contains(&y) || blank(x, y)))
        };
        assert!(outside(&whole, 2..10), "{protocol:?} must keep within its cells");
        let (lower, upper) = (drawn(3, 5), drawn(0, 4));
        assert!(outside(&lower, 2..7) && outside(&upper, 2..6), "{protocol:?} must keep within its rows");
        if matches!(protocol, Protocol::HalfBlocks) {
            let row = |buffer: &Buffer, y: u16| (3..15).map(|x| buffer[(x, y)].clone()).collect::<Vec<_>>();
            assert_eq!(row(&lower, 2), row(&whole, 5));
            assert_eq!(row(&upper, 5), row(&whole, 5));
        }
    }
}

#[test]
fn small_pictures_are_enlarged_to_the_requested_size() {
    let cells = Size { width: 40, height: 10 };
    let encoded = Encoded::new(ramp(20, 10), cells, SCREEN).unwrap();
    let mut buffer = Buffer::empty(Rect::new(0, 0, 50, 12));
    encoded.draw(0, Rect::new(0, 0, 40, 10), &mut buffer);
    assert_ne!(buffer[(39, 9)].symbol(), " ");
}

/// Decodes the figures last asked for, as the worker does.
fn answer(drive: &mut Drive, log: &Path, ready: &Ready) {
    loop {
        let mut lists = std::mem::take(&mut drive.effects).into_iter().filter_map(|effect| match effect {
            Effect::ShowFigures(wanted) => Some(wanted),
            _ => None,
        });
        let Some(wanted) = lists.next_back() else { return };
        for each in wanted.iter().filter(|each| !ready.contains(each)) {
            let found = picture::locate(log, &each.figure.path)
                .and_then(|real| ready.find(&real, each, &wanted, Some(SCREEN)))
                .unwrap_or_else(|refusal| FigureAnswer::Refused(refusal.sentence()));
            drive.send(Message::Figure(each.figure.clone(), found));
        }
    }
}

/// The sample at the paper found by these letters, with its pictures ready.
fn at(sample: &Path, letters: &str, ready: &Ready) -> Drive {
    let mut drive = Drive::new(sample::TEXT, 140, 42);
    drive.send(Message::Pictures(Some(SCREEN.cell))).keys(&format!("s{letters}<enter>"));
    answer(&mut drive, sample, ready);
    drive
}

#[test]
fn the_sample_shows_its_pictures() {
    let (sample, ready) = (sample::copy(Language::Chinese).unwrap(), Ready::new(64 << 20));
    let log = Drive::new(sample::TEXT, 140, 42).app.log;
    let (mut shown, mut missing) = (0, 0);
    for entry in log.entries.iter().filter(|entry| !entry.figures.is_empty()) {
        let mut drive = Drive::new(sample::TEXT, 140, 42);
        drive.send(Message::Pictures(Some(SCREEN.cell))).keys("s");
        drive.send(Message::Pasted(entry.title.to_string())).keys("<enter>");
        answer(&mut drive, &sample.path(), &ready);
        let has_row = |line: &PageLine| line.figure.is_some_and(|line| line.slice.is_some());
        match drive.app.reader.lines.iter().position(has_row) {
            Some(first) => {
                drive.app.reader.view.top = first;
                answer(drive.send(Message::Alarm(0)), &sample.path(), &ready);
                let screen = drive.screen_with(&ready);
                assert!(screen.contains('▀'), "{screen}");
                shown += 1;
            }
            None => {
                drive.sees("file not found: pic/");
                missing += 1;
            }
        }
    }
    assert_eq!((shown, missing), (6, 1));
}

#[test]
fn pictures_scroll_by_rows_and_hide_under_overlays() {
    let (sample, ready) = (sample::copy(Language::Chinese).unwrap(), Ready::new(64 << 20));
    let mut drive = at(&sample.path(), "lora", &ready);
    let rows = |drive: &Drive| drive.screen_with(&ready).lines().filter(|line| line.contains('▀')).count();
    let before = rows(&drive);
    assert!(before > 3, "{}", drive.screen_with(&ready));
    drive.send(Message::Resized(Size { width: 140, height: 20 }));
    answer(&mut drive, &sample.path(), &ready);
    let has_row = |line: &PageLine| line.figure.is_some_and(|line| line.slice.is_some());
    let first = drive.app.reader.lines.iter().position(has_row).unwrap();
    drive.app.reader.view.top = first;
    let all = rows(&drive);
    for hidden in 1..all {
        drive.app.reader.view.top = first + hidden;
        assert!(rows(&drive) >= all - hidden);
    }
    drive.send(Message::Resized(Size { width: 140, height: 42 }));
    drive.keys("?");
    assert_eq!(rows(&drive), 0);
    drive.keys("qi");
    answer(&mut drive, &sample.path(), &ready);
    assert!(rows(&drive) > before, "full size is larger than on the page");
}

#[test]
fn picture_memory_is_bounded() {
    let (sample, ready) = (sample::copy(Language::Chinese).unwrap(), Ready::new(64 << 20));
    let figure = FigureId { file: 0, path: "pic/lora.png".into() };
    let real: PathBuf = picture::locate(&sample.path(), &figure.path).unwrap();
    let kitty = PictureSupport { protocol: Protocol::Kitty, cell: (20, 40) };
    let wanted = |width| FigureRequest { figure: figure.clone(), cells: Some(Size { width, height: 200 }) };
    for width in 80..90 {
        ready.find(&real, &wanted(width), &[], Some(kitty)).unwrap();
    }
    let kept = (80..90).filter(|width| ready.contains(&wanted(*width))).count();
    assert!((1..10).contains(&kept) && ready.contains(&wanted(89)), "{kept}");
    let mut buffer = Buffer::empty(Rect::new(0, 0, 100, 40));
    let cells = Size { width: 80, height: 200 };
    assert!(!ready.draw(&figure, cells, 0, buffer.area, &mut buffer), "a dropped picture must not be drawn");
}
