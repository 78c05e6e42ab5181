//! What people expect of the finder: queries and the entries they mean.

use std::sync::Arc;

use papers_tui::app::finding::request;
use papers_tui::io::sample;
use papers_tui::log::{Log, Source, Task, parse};
use papers_tui::search::{Catalogue, Query, SearchBody, SearchItem, SearchSession};

use super::real_log;

/// Invented titles, newest first, each with the text of its entry.
const INVENTED: &[(&str, &str)] = &[
    ("Heron: A Bird's-Eye View of Sparse Experts", ""),
    ("ViTamin: Scaling Vision Models", ""),
    ("ViT: Transformers that See", ""),
    ("A Survey of Vision Transformers", ""),
    ("Activity Recognition in the Wild", ""),
    ("WrenMoE: Tiny Experts", ""),
    ("MoE：专家混合模型", ""),
    ("Sparse Mixture-of-Experts at the Pond", ""),
    ("Models Emulating Models", ""),
    ("推荐系统中的大模型", ""),
    ("大模型 LLM 综述", ""),
    ("重庆话语音识别", ""),
    ("音乐生成与流量预测", ""),
    ("看图说话：浏览与榴莲", ""),
    ("Deep Interest Evolution Network", ""),
    ("Deep Interest Network", ""),
    ("ＢＥｉＴ　Ｖ９： Full Width", ""),
    ("Grebe", "2031 清华的一篇文章\n\n1. 用了对比学习，和 KestrelNet 比较\n"),
    ("Learning to Rank with Crossed Features", ""),
    ("Retrieval Augmented Owls", ""),
    ("Retrieval-Augmented Storks", ""),
    ("Storks and the Retrieval of Augmented Fish", ""),
    ("Puffin: Reading the Report of GPT-4", ""),
    ("Puffin 2: Open Birds and Their Words", ""),
    ("WAXWING-V3: Flocks That Flock", ""),
    ("Dunlin", "2030 一篇文章，介绍 Puffin-2 和 LLaMA 2，看 https://arxiv.org/abs/2310.06825\n"),
    ("Rook—and “Rook”: The Crow’s Nest", ""),
    ("《Crane》：多模态（图文）模型", ""),
    ("Nothing but Birds Can Fly", ""),
    ("Smew", "2031 微观的一篇文章\n\n1. 大模型很多\n2. 以 LLM 为主，也用 CLIP 的模型\n"),
    ("A Trans-Siberian Flight of Rare Merlins", ""),
    ("Avocet: Pre-trained Encoders", ""),
];

/// A finder that returns titles, best first.
struct Finder {
    titles: Vec<String>,
    texts: Vec<String>,
    session: SearchSession,
}

impl Finder {
    fn invented() -> Self {
        let (mut text, mut bodies) = (String::new(), Vec::new());
        for (_, body) in INVENTED {
            let start = text.len();
            text.push_str(body);
            bodies.push(SearchBody { text: 0, span: start..text.len() });
        }
        let items = INVENTED.iter().zip(bodies).enumerate().map(|(index, ((title, _), body))| SearchItem {
            title,
            name: title.split_once([':', '：']).map(|(name, _)| name),
            organisations: Vec::new(),
            body: Some(body),
            recency: -(index as i64),
        });
        let titles = INVENTED.iter().map(|(title, _)| (*title).to_owned()).collect();
        Self { titles, session: SearchSession::new(Arc::new(Catalogue::new(items))), texts: vec![text] }
    }

    /// Searches entries and pending items.
    fn of(log: &Log) -> Self {
        let pending: Vec<&Task> = log.tasks.iter().filter(|task| task.pending).collect();
        let items: Vec<SearchItem<'_>> = request::items(log, &pending).collect();
        let titles = items.iter().map(|item| item.title.to_owned()).collect();
        let texts = request::texts(log).into_iter().map(str::to_owned).collect();
        Self { titles, session: SearchSession::new(Arc::new(Catalogue::new(items))), texts }
    }

    fn find(&mut self, query: &str) -> Vec<&str> {
        let texts: Vec<&str> = self.texts.iter().map(String::as_str).collect();
        let results = self.session.search(&Query::new(query), &texts, &|| false, |_| {}).unwrap();
        results.hits.iter().map(|hit| self.titles[hit.item].as_str()).collect()
    }

    /// The wanted entry, given by the start of its title, must be among the first three. Returns whether it is the
    /// first.
    #[track_caller]
    fn check(&mut self, query: &str, wanted: &str) -> bool {
        let found = self.find(query);
        let place = found.iter().position(|title| title.starts_with(wanted));
        let first: Vec<&&str> = found.iter().take(4).collect();
        assert!(place.is_some_and(|place| place < 3), "{query}: {wanted} at {place:?} among {first:#?}");
        place == Some(0)
    }

    /// Checks a table of queries; at most `not_first` may have the wanted entry second or third.
    #[track_caller]
    fn check_table(&mut self, table: &[(&str, &str)], not_first: usize) {
        let missed: Vec<&str> =
            table.iter().filter(|(query, wanted)| !self.check(query, wanted)).map(|(query, _)| *query).collect();
        assert!(missed.len() <= not_first, "not first: {missed:?}");
    }
}

#[test]
fn queries_for_made_up_titles() {
    Finder::invented().check_table(
        &[
            ("heron", "Heron"),
            ("HERON", "Heron"),
            ("herno", "Heron"),
            ("hreon", "Heron"),
            ("herron", "Heron"),
            ("vit", "ViT: "),
            ("vita", "ViTamin"),
            ("moe", "MoE"),
            ("wren", "WrenMoE"),
            ("pond moe", "Sparse Mixture"),
            ("moe pond", "Sparse Mixture"),
            ("beit", "ＢＥｉＴ"),
            ("ＢＥＩＴ", "ＢＥｉＴ"),
            ("full　width", "ＢＥｉＴ"),
            ("tuijian", "推荐系统"),
            ("tjxt", "推荐系统"),
            ("tui荐", "推荐系统"),
            ("推荐", "推荐系统"),
            ("damoxing", "推荐系统"),
            ("dmx zs", "大模型 LLM"),
            ("dmxllm", "大模型 LLM"),
            ("damoxing llm", "大模型 LLM"),
            ("chongqing", "重庆"),
            ("cqh", "重庆"),
            ("yinyue", "音乐"),
            ("liulian", "看图说话"),
            ("liulan", "看图说话"),
            ("din", "Deep Interest Network"),
            ("deep interest network", "Deep Interest Network"),
            ("dien", "Deep Interest Evolution"),
            ("network evolution", "Deep Interest Evolution"),
            ("kestrelnet", "Grebe"),
            ("duibi", "Grebe"),
            ("ltr", "Learning to Rank"),
            ("crosed", "Learning to Rank"),
            ("^heron", "Heron"),
            ("^retrieval 'owls", "Retrieval Augmented Owls"),
            ("fish$", "Storks"),
            ("retrieval augmented !owls", "Retrieval-Augmented Storks"),
            ("augmented retrieval !^retrieval", "Storks"),
            // Version numbers in any notation.
            ("gpt4", "Puffin: Reading"),
            ("gpt-4", "Puffin: Reading"),
            ("GPT 4", "Puffin: Reading"),
            ("puffin2", "Puffin 2"),
            ("puffin 2", "Puffin 2"),
            ("puffin-2", "Puffin 2"),
            ("PUFFIN v2", "Puffin"),
            ("waxwing v3", "WAXWING"),
            ("waxwingv3", "WAXWING"),
            ("waxwing v4", "WAXWING"),
            ("waxwing4", "WAXWING"),
            ("llama 2", "Dunlin"),
            ("llama2", "Dunlin"),
            ("LLaMA-2", "Dunlin"),
            // Hyphens, plurals, initials, full-width signs.
            ("vision transformer", "A Survey"),
            ("vision-transformer", "A Survey"),
            ("mixture of experts", "Sparse Mixture"),
            ("mixtureofexperts", "Sparse Mixture"),
            ("surveys", "A Survey"),
            ("networks evolution", "Deep Interest Evolution"),
            ("nbbcf", "Nothing but"),
            ("pretrained encoder", "Avocet"),
            ("rook-and", "Rook"),
            ("crow's nest", "Rook"),
            ("\"rook\"", "Rook"),
            ("crane:", "《Crane》"),
            ("多模态(图文)", "《Crane》"),
            ("moe:专家", "MoE"),
            ("学习，和", "Grebe"),
            ("学习,和", "Grebe"),
            // Copied or incomplete text.
            ("《ViTamin: Scaling **Vision** Models》", "ViTamin"),
            ("https://arxiv.org/abs/2310.06825v2", "Dunlin"),
            ("arXiv:2310.06825", "Dunlin"),
            ("2310.06825", "Dunlin"),
            ("storks ", "Retrieval-Augmented Storks"),
            ("deep interest ev", "Deep Interest Evolution"),
            // Chinese and Latin in one word; pinyin and Latin that are separate in the title.
            ("llm综述", "大模型 LLM"),
            ("clip模型", "Smew"),
            ("荐系", "推荐系统"),
            ("流量yc", "音乐生成"),
            ("clipmoxing", "Smew"),
            // Typing errors.
            ("transfromers", "ViT: "),
            ("netowrk evolution", "Deep Interest Evolution"),
            ("waxxwing", "WAXWING"),
            ("waxwimg", "WAXWING"),
            ("retreival augmented owls", "Retrieval Augmented Owls"),
            ("荐推", "推荐系统"),
            ("puffni", "Puffin"),
            ("deep interest zebra network", "Deep Interest Network"),
        ],
        3,
    );
}

#[test]
fn queries_match_only_what_they_should() {
    let mut finder = Finder::invented();
    let moe = [
        "MoE：专家混合模型",
        "WrenMoE: Tiny Experts",
        "Sparse Mixture-of-Experts at the Pond",
        "Models Emulating Models",
    ];
    assert_eq!(finder.find("moe"), moe);
    assert_eq!(finder.find("'attn"), [""; 0]);
    assert!(finder.find("!e").iter().all(|title| !title.to_lowercase().contains('e')));
    assert_eq!(finder.find("").len(), INVENTED.len());
    assert_eq!(finder.find(" ! ^ ' ")[0], INVENTED[0].0);
}

#[test]
fn queries_for_organisations_and_days() {
    let text = "\
## 2031.5.17

《Emu: A Model》

2031.4 Google 的一篇文章

《Gnu: Openings of Animal Intelligence》

2031.3 OpenAI 的一篇文章

## 2031.5.2

《Google Birds》

2031.1 清华的一篇文章

《Yak: On Metaphors》

2030.12 微软和北大的一篇文章

## 2030.11.30

《Ape: A Meta Study》

2030.11 智源的一篇文章，和 Facebook 合作

《Owl: Open-ended Animals》

2030.11 Stanford 的一篇文章
";
    let log = parse::parse([Source { name: "log.md".into(), text: text.into() }]);
    let mut finder = Finder::of(&log);
    let mut check = |query: &str, wanted: &[&str]| {
        let found = finder.find(query);
        let names: Vec<&str> = found.iter().map(|title| &title[..3]).collect();
        assert_eq!(names, wanted, "{query}");
    };
    check("google", &["Goo", "Emu"]);
    check("谷歌", &["Emu"]);
    check("guge", &["Emu"]);
    check("openai", &["Gnu", "Owl"]);
    check("tsinghua", &["Goo"]);
    check("清华", &["Goo"]);
    check("清华大学", &["Goo"]);
    check("qinghua", &["Goo"]);
    check("MICROSOFT", &["Yak"]);
    check("msra", &["Yak"]);
    check("weiruan", &["Yak"]);
    check("baai", &["Ape"]);
    check("meta", &["Ape", "Yak"]);
    check("facebook", &["Ape"]);
    check("peking university", &["Yak"]);
    check("microsoft metaphors", &["Yak"]);
    check("google !birds", &["Emu"]);
    check("2031.5.17", &["Emu", "Gnu"]);
    check("2031.05.02", &["Goo", "Yak"]);
    check("2031-5-2", &["Goo", "Yak"]);
    check("2031.5", &["Emu", "Gnu", "Goo", "Yak"]);
    check("2031年5月", &["Emu", "Gnu", "Goo", "Yak"]);
    check("2030-11", &["Ape", "Owl"]);
    check("2030/11 ended", &["Owl"]);
    check("2031.5 清华", &["Goo"]);
    // While typing, earlier results must not restrict later ones.
    for typed in ["2", "20", "2030", "2030.", "2030.1", "2030.11"] {
        finder.find(typed);
    }
    assert_eq!(finder.find("2030.11.30").len(), 2);
}

#[test]
fn typos_rank_above_scattered_letters() {
    let mut finder = Finder::invented();
    assert!(finder.find("transfrom").first().is_some_and(|title| title.contains("Transformers")));
    let texts: Vec<&str> = finder.texts.iter().map(String::as_str).collect();
    let results = finder.session.search(&Query::new("transfromer"), &texts, &|| false, |_| {}).unwrap();
    let of = |title: &str| results.hits.iter().position(|hit| finder.titles[hit.item].contains(title));
    assert!(of("that See") < of("Siberian") || of("Siberian").is_none());
    assert!(results.is_relaxed(&results.hits[0]));
    // Exact matches, also by pinyin, are not marked as approximate.
    let results = finder.session.search(&Query::new("puffin 2"), &texts, &|| false, |_| {}).unwrap();
    assert!(!results.is_relaxed(&results.hits[0]));
    let results = finder.session.search(&Query::new("dmxllm"), &texts, &|| false, |_| {}).unwrap();
    assert!(results.hits.iter().all(|hit| !results.is_relaxed(hit)));
}

#[test]
fn sample() {
    let log = parse::parse([Source { name: sample::NAME.into(), text: sample::TEXT.into() }]);
    Finder::of(&log).check_table(
        &[
            ("vit", "ViT"),
            ("clip", "CLIP"),
            ("siglip", "SigLIP"),
            ("BLIP2", "BLIP-2"),
            ("flash2", "FlashAttention-2"),
            ("flashattn", "FlashAttention"),
            ("cot", "Chain-of-Thought"),
            ("self consistency", "Self-Consistency"),
            ("consistency self", "Self-Consistency"),
            ("rag", "(RAG)"),
            ("retrieval augmented", "(RAG)"),
            ("dpr", "DPR"),
            ("dpo", "DPO"),
            ("rope", "RoFormer"),
            ("gqa", "GQA"),
            ("kimi", "Kimi"),
            ("prm800k", "Let's Verify"),
            ("gxattn", "高效 attention"),
            ("gaoxiao", "高效 attention"),
            ("cswx", "长上下文"),
            ("changshangxiawen", "长上下文"),
            ("duomotai", "多模态"),
            ("dmt", "多模态"),
            ("写zs", "写综述"),
            ("weitiao lora", "用 LoRA"),
            ("lost middle", "Lost in the Middle"),
            ("chinchila", "Chinchilla"),
            ("scaling laws", "Scaling Laws"),
            ("mamba state", "Mamba"),
            ("swin", "Swin"),
            ("few-shot gpt", "GPT-3"),
            ("^mistral", "Mistral"),
            ("scale$", "ViT"),
            ("grpo", "DeepSeekMath"),
            ("blip !frozen", "BLIP: "),
            ("pagedattn", "vLLM"),
        ],
        3,
    );
}

/// Short queries on a real log, each with the start of the title meant.
#[test]
fn real() {
    let Some(log) = real_log::log() else { return };
    let mut finder = Finder::of(&log);
    finder.check_table(
        &[
            ("moe", "MoE"),
            ("emu2", "Emu2"),
            ("vllm", "vLLM"),
            ("clip", "CLIP:"),
            ("clip4", "CLIP4Clip"),
            ("BEIT", "BEiT"),
            ("beit v2", "BEIT V2"),
            ("vl beit", "VL-BEiT"),
            ("blip2", "BLIP2"),
            ("florence 2", "Florence-2"),
            ("lottery", "The Lottery"),
            ("retro", "RETRO"),
            ("rag", "Retrieval-Augmented Generation"),
            ("knowledge intensive", "Retrieval-Augmented Generation"),
            ("rank dcn", "DCN V2"),
            ("cross deep ad", "DCN:"),
            ("dien", "DIEN"),
            ("evolution interest", "DIEN"),
            ("esmm", "ESMM"),
            ("youtube rec", "Deep Neural Networks for YouTube"),
            ("mobilenet", "Searching for MobileNetV3"),
            ("genread", "(GenRead)"),
            ("textbooks 1.5", "Textbooks Are All You Need II"),
            ("segment", "SAM"),
            ("swin", "Swin"),
            ("dalle3", "DALL·E 3"),
            ("system card$ gpt", "GPT-4V"),
            ("toolfromer", "Toolformer"),
            ("chain thought multimodal", "Multimodal Chain"),
            ("16x16", "AN IMAGE"),
            ("alphafold", "Highly accurate"),
            ("tuijian", "Deep Neural Networks for YouTube"),
            ("xiangliang", "viking"),
            ("jiansuo milvus", "viking"),
            ("dmx", "大模型近年来"),
            ("damoxing", "大模型近年来"),
            ("zongshu gnn", "写综述"),
            ("^dropout", "Dropout"),
            ("'mae !'loss", "MAE"),
            ("openai", "WebGPT"),
            ("baai", "Emu2"),
            ("qinghua", "Emu2"),
            ("2023.12.29", "Emu2"),
            ("2023-12-29", "Emu2"),
            ("llama 2", "Mistral"),
            ("LLaMA2", "Mistral"),
            ("BEiT v3", "Image as a Foreign"),
            ("dmxllm", "React"),
            ("transfromer", "T5"),
            ("vision language pretraining", "VL-BEiT"),
            ("vision-language", "Openflamingo"),
            ("gpt4", "GPT-4V"),
            ("GPT 4", "GPT-4V"),
            ("clip模型", "CLIPasso"),
            ("《*WizardLM* : Empowering Large Language Models to Follow Complex Instructions》", "WizardLM"),
            ("beit：bert", "BEiT"),
            ("ffm:field", "FFM"),
            ("vision transformers", "DINO"),
            ("toolfrmer", "Toolformer"),
            ("florrence", "Florence"),
            ("whispre", "Whisper"),
        ],
        4,
    );
    let moe = finder.find("moe");
    assert!(moe.len() < 25 && moe[0].starts_with("MoE:"), "{moe:#?}");
    assert!(moe[1..5].iter().all(|title| title.to_lowercase().contains("experts")), "{moe:#?}");
    assert!(finder.find("retrieval augmented").len() >= 4);
    let vit = finder.find("vit");
    assert!(vit[0].contains("ViT") && vit[1].starts_with("ViLT") && vit[2].starts_with("ViLT"), "{vit:#?}");
}
