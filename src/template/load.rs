#![allow(missing_docs, clippy::all, clippy::pedantic, clippy::unwrap_used)]
//! scratch
use super::model::*;
use crate::diagnostic::{Origin, Requirement};
use crate::source::Source;
use crate::span::Span;
use crate::text::normal;
use toml::Value;

fn req(path: impl Into<String>) -> Requirement {
    Requirement { path: path.into().into(), origin: Origin { source: 0, span: Span::default() } }
}
fn strs(v: Option<&Value>) -> Vec<String> {
    v.and_then(|v| v.as_array()).map(|a| a.iter().map(|s| s.as_str().unwrap().to_owned()).collect()).unwrap_or_default()
}
fn name(shown: &str, v: Option<&Value>) -> Name {
    Name {
        shown: shown.into(),
        normal: normal(shown),
        aliases: strs(v.and_then(|v| v.get("aliases"))).iter().map(|s| normal(s)).collect(),
        lookalikes: strs(v.and_then(|v| v.get("lookalikes"))).iter().map(|s| normal(s)).collect(),
    }
}
fn b(v: &Value, k: &str, d: bool) -> bool {
    v.get(k).and_then(Value::as_bool).unwrap_or(d)
}
fn s(v: &Value, k: &str) -> String {
    v.get(k).and_then(Value::as_str).unwrap_or("").to_owned()
}
fn kind(v: Option<&Value>, key: &str) -> Option<Kind> {
    let v = v?;
    Some(match v.get(key)?.as_str()? {
        "choice" => Kind::Choice { values: strs(v.get("values")), open: strs(v.get("open")) },
        "semver" => Kind::Semver,
        "date" => Kind::Date(s(v, "format")),
        "count" => Kind::Count,
        "money" => Kind::Money,
        "percent" => Kind::Percent,
        "duration" => Kind::Duration,
        "url" => Kind::Url,
        _ => return None,
    })
}
fn cells(row: &str) -> Vec<String> {
    row.trim().trim_matches('|').split('|').map(|c| c.trim().to_owned()).collect()
}
pub fn load(chain: Vec<Source>, _known: &[&str]) -> Result<Template, Vec<String>> {
    let v: Value = toml::from_str::<toml::Table>(chain[0].text()).map(Value::Table).map_err(|e| vec![e.to_string()])?;
    let mut words: Vec<Word> = Vec::new();
    let mut nothing = Vec::new();
    if let Some(w) = v.get("words").and_then(|w| w.as_table()) {
        for (k, p) in w {
            if k == "nothing" {
                nothing = strs(Some(p));
            } else {
                words.push(Word { name: k.clone(), phrases: strs(Some(p)) });
            }
        }
    }
    let word = |n: &str| words.iter().position(|w| w.name == n).unwrap_or(0);
    let header = v.get("header").map(|h| Header {
        requirement: req("header"),
        form: HeaderForm { written: s(h, "form"), quoted: true, before_name: "**".into(), between: ":** ".into() },
        essential: b(h, "essential", false),
        fields: h
            .get("field")
            .and_then(|f| f.as_array())
            .unwrap_or(&vec![])
            .iter()
            .map(|f| Field {
                requirement: req(format!("header > {}", s(f, "name"))),
                name: name(&s(f, "name"), Some(f)),
                role: match s(f, "role").as_str() {
                    "version" => Some(Role::Version),
                    "status" => Some(Role::Status),
                    "updated" => Some(Role::Updated),
                    _ => None,
                },
                kind: kind(Some(f), "type"),
                required: b(f, "required", true),
                example: String::new(),
                not_after_today: f.get("not-after").is_some(),
                equals: None,
                at_least: None,
            })
            .collect(),
    });
    let mut sections: Vec<Section> = Vec::new();
    let mut stack: Vec<(u8, SpecId)> = Vec::new();
    let mut placeholders = Vec::new();
    for sec in v.get("section").and_then(|x| x.as_array()).unwrap_or(&vec![]) {
        let heading = s(sec, "heading");
        let level = heading.bytes().take_while(|c| *c == b'#').count() as u8;
        let shown = heading.trim_start_matches('#').trim().to_owned();
        while stack.last().is_some_and(|(l, _)| *l >= level) {
            stack.pop();
        }
        let parent = stack.last().map(|x| x.1);
        let id = SpecId(sections.len() as u32);
        stack.push((level, id));
        let path = parent.map_or(shown.clone(), |p| format!("{} > {shown}", sections[p.index()].requirement.path));
        let mut contents = Vec::new();
        for (k, c) in sec.as_table().unwrap() {
            let list = |kind| {
                Content::List(List {
                    requirement: req(format!("{path} > {k}")),
                    kind,
                    min: c.get("min").and_then(Value::as_integer).unwrap_or(1) as usize,
                    example: s(c, "example"),
                    required: b(c, "required", true),
                })
            };
            let ex = s(c, "example");
            if !matches!(k.as_str(), "diagram" | "code" | "checklist") {
                let mut rest = ex.as_str();
                while let Some(o) = rest.find('[') {
                    let Some(e) = rest[o..].find(']') else { break };
                    let st = if o > 0 && &rest[o - 1..o] == "$" { o - 1 } else { o };
                    placeholders.push(rest[st..o + e + 1].to_owned());
                    rest = &rest[o + e + 1..];
                }
            }
            match k.as_str() {
                "prose" => contents.push(Content::Prose(Prose {
                    requirement: req(format!("{path} > prose")),
                    sentences: c.get("sentences").map(|x| {
                        let a = x.as_array().unwrap();
                        a[0].as_integer().unwrap() as u32..=a[1].as_integer().unwrap() as u32
                    }),
                    example: ex,
                    required: true,
                })),
                "checklist" => contents.push(list(ListKind::Checklist)),
                "ordered-list" => contents.push(list(ListKind::Ordered)),
                "bullet-list" => contents.push(list(ListKind::Bullet)),
                "code" => contents.push(Content::Code(Code {
                    requirement: req(format!("{path} > code")),
                    languages: strs(c.get("languages")),
                    values: vec![],
                    example: ex,
                    required: true,
                })),
                "diagram" => {
                    let layers: Vec<Layer> = c
                        .get("layers")
                        .and_then(|x| x.as_array())
                        .unwrap_or(&vec![])
                        .iter()
                        .map(|l| Layer {
                            requirement: req(format!("{path} > {}", s(l, "name"))),
                            name: s(l, "name"),
                            elements: strs(l.get("elements"))
                                .iter()
                                .map(|e| Element { requirement: req(format!("{path} > {e}")), word: word(e) })
                                .collect(),
                            required: b(l, "required", true),
                            zones: l.get("zones").map(|z| Zones {
                                requirement: req(format!("{path} > Zone")),
                                min: z["min"].as_integer().unwrap() as usize,
                                word: word(&s(z, "words")),
                                or: z.get("or").map(|o| word(o.as_str().unwrap())),
                            }),
                        })
                        .collect();
                    let chain = |key: &str| {
                        strs(c.get(key))
                            .iter()
                            .flat_map(|f| {
                                let n: Vec<usize> = f
                                    .split("-->")
                                    .map(|p| layers.iter().position(|l| l.name == p.trim()).unwrap())
                                    .collect();
                                n.windows(2)
                                    .map(|w| Flow {
                                        requirement: req(format!(
                                            "{path} > {} --> {}",
                                            layers[w[0]].name, layers[w[1]].name
                                        )),
                                        from: w[0],
                                        to: w[1],
                                    })
                                    .collect::<Vec<_>>()
                            })
                            .collect::<Vec<_>>()
                    };
                    let (flow, never) = (chain("flow"), chain("never"));
                    contents.push(Content::Diagram(Diagram {
                        requirement: req(format!("{path} > diagram")),
                        language: s(c, "language"),
                        kinds: strs(c.get("kinds")),
                        essential: b(c, "essential", false),
                        layers,
                        flow,
                        never,
                        example: ex,
                        required: true,
                    }));
                }
                "log" => contents.push(Content::Log(Log {
                    requirement: req(format!("{path} > log")),
                    entry: EntryForm {
                        written: s(c, "entry"),
                        level: 3,
                        parts: vec![
                            EntryToken::Date("YYMMDD".into()),
                            EntryToken::Literal(" - v".into()),
                            EntryToken::Version,
                            EntryToken::Literal(" - ".into()),
                            EntryToken::Title,
                        ],
                    },
                    table: None,
                    newest_first: true,
                    not_after_today: true,
                    min: 1,
                    example: ex,
                    required: true,
                })),
                "table" => {
                    for t in c.as_array().unwrap() {
                        let ex = s(t, "example");
                        let mut rest = ex.as_str();
                        while let Some(o) = rest.find('[') {
                            let Some(e) = rest[o..].find(']') else { break };
                            let st = if o > 0 && &rest[o - 1..o] == "$" { o - 1 } else { o };
                            placeholders.push(rest[st..o + e + 1].to_owned());
                            rest = &rest[o + e + 1..];
                        }
                        let heads = cells(&s(t, "header"));
                        let col = |n: &str| heads.iter().position(|h| h == n);
                        let columns = heads
                            .iter()
                            .map(|h| {
                                let cv = t.get("columns").and_then(|x| x.get(h));
                                let (k, st) = match kind(cv, "type") {
                                    Some(k) => (Some(k), Strictness::Must),
                                    None => (kind(cv, "reads"), Strictness::Reads),
                                };
                                Column {
                                    requirement: req(format!("{path} > {h}")),
                                    name: name(h, cv),
                                    required: cv.is_none_or(|c| b(c, "required", true)),
                                    kind: k,
                                    strictness: st,
                                    at_least: cv.and_then(|c| c.get("at-least")).and_then(|x| col(x.as_str().unwrap())),
                                    refers_to: None,
                                }
                            })
                            .collect();
                        let rows: Vec<Row> = t
                            .get("rows")
                            .and_then(|x| x.as_table())
                            .map(|r| {
                                r.iter()
                                    .map(|(n, rv)| Row {
                                        requirement: req(format!("{path} > {n}")),
                                        name: name(n, Some(rv)),
                                        required: b(rv, "required", true),
                                        kind: kind(Some(rv), "type"),
                                        depends_on: None,
                                    })
                                    .collect()
                            })
                            .unwrap_or_default();
                        contents.push(Content::Table(Table {
                            requirement: req(format!("{path} > table")),
                            title: shown.clone(),
                            header: s(t, "header"),
                            key: t.get("key").and_then(|k| col(k.as_str().unwrap())),
                            value: None,
                            unique: b(t, "unique", false),
                            transposed: b(t, "transposed", false),
                            min_rows: t.get("min-rows").and_then(Value::as_integer).unwrap_or(1) as usize,
                            total: None,
                            draws: t.get("draws").map(|d| d.as_str().unwrap().into()),
                            columns_refer_to: None,
                            example: ex,
                            required: true,
                            columns,
                            rows,
                        }));
                    }
                }
                _ => {}
            }
        }
        sections.push(Section {
            requirement: req(path.clone()),
            name: name(&shown, Some(sec)),
            level,
            parent,
            required: b(sec, "required", true),
            essential: b(sec, "essential", false),
            last: b(sec, "last", false),
            repeatable: false,
            contents,
        });
    }
    placeholders.sort();
    placeholders.dedup();
    let lv = |t: &Value| {
        t.as_table()
            .unwrap()
            .iter()
            .filter_map(|(k, x)| Some((k.clone(), x.as_str()?.parse().ok()?)))
            .collect::<Vec<_>>()
    };
    Ok(Template {
        name: s(&v, "name"),
        summary: s(&v, "summary"),
        title: v.get("title").map(|t| name(t.as_str().unwrap().trim_start_matches('#').trim(), None)),
        order: if s(&v, "order") == "strict" { Order::Strict } else { Order::Loose },
        numbering: if s(&v, "numbering") == "consecutive" { Numbering::Consecutive } else { Numbering::Any },
        applies_to: AppliesTo { files: strs(v.get("applies-to").and_then(|a| a.get("files"))) },
        header,
        sections,
        severities: Severities {
            always: vec![],
            by_status: v
                .get("severity")
                .and_then(|x| x.as_table())
                .map(|t| t.iter().filter(|(_, x)| x.is_table()).map(|(k, x)| (k.clone(), lv(x))).collect())
                .unwrap_or_default(),
            by_requirement: vec![],
        },
        words,
        nothing,
        placeholders,
        sources: chain,
        lazy: Lazy::default(),
    })
}
