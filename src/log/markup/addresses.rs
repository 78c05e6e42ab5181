//! Shortens bare URLs.

use super::{Block, Link};
use crate::log::link_name::link_name;

/// Replaces the text of each bare URL with a short name, since a full URL would fill a narrow list. The link stays.
pub fn name_addresses(blocks: &mut [Block]) {
    for block in blocks {
        match block {
            Block::Paragraph(lines) => {
                for run in lines.iter_mut().flat_map(|line| &mut line.text) {
                    if let Some(Link::Url(address)) = &run.link
                        && *run.text == **address
                    {
                        run.text = link_name(address);
                    }
                }
            }
            Block::List(_, items) => items.iter_mut().for_each(|item| name_addresses(&mut item.blocks)),
            Block::Quote(inside) => name_addresses(inside),
            _ => {}
        }
    }
}
