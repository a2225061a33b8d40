//! One run over many files, on all cores, in a fixed order.

use rayon::prelude::*;

use crate::cli::check::fate::{Checked, Document, Fate};
use crate::cli::check::guard::{guarded, quietly};
use crate::cli::check::mend::Mend;
use crate::cli::check::plan::Plan;
use crate::cli::check::progress::Progress;
use crate::cli::discover::Found;
use crate::cli::{document, write};
use crate::source::Source;

/// A file, and the index of its project.
type File = (Found, usize);

/// Files that one core takes at a time, at most.
const SHARE: usize = 16;

/// So many bytes go through one stage before the next begins. Were each document taken through all of them, every
/// stage would find that the others have driven its code and its tables out of the caches of the processor: a fifth
/// of the time.
const BATCH: usize = 64 * 1024;

/// Checks all files. What comes back stands in their order.
pub(super) fn run(files: &[File], plan: &Plan, jobs: Option<usize>, progress: &Progress) -> Vec<Fate> {
    let one_after_another = |files: &[File]| batches(files, plan, progress);
    let on_all_cores = || {
        // Several shares for each core: some take longer than others.
        let share = (files.len() / (4 * rayon::current_num_threads())).clamp(1, SHARE);
        files.par_chunks(share).flat_map_iter(one_after_another).collect()
    };
    quietly(|| match (files, jobs) {
        // Starting threads takes longer than checking a file.
        ([_], _) | (_, Some(1)) => one_after_another(files),
        (_, Some(jobs)) => match rayon::ThreadPoolBuilder::new().num_threads(jobs).build() {
            Ok(pool) => pool.install(on_all_cores),
            Err(_) => on_all_cores(),
        },
        (_, None) => on_all_cores(),
    })
}

fn batches(mut files: &[File], plan: &Plan, progress: &Progress) -> Vec<Fate> {
    let mut fates = Vec::with_capacity(files.len());
    while !files.is_empty() {
        let texts = texts(files);
        let (batch, rest) = files.split_at(texts.len());
        for (fate, file) in stages(batch, texts, plan).into_iter().zip(batch) {
            let fate = settled(fate, file, plan);
            progress.file(if let Fate::Checked(checked) = &fate { checked.counts.total() } else { 0 });
            fates.push(fate);
        }
        files = rest;
    }
    fates
}

/// The texts of the first files, as many as make a batch.
fn texts(files: &[File]) -> Vec<Result<String, String>> {
    let (mut texts, mut bytes) = (Vec::new(), 0);
    for (found, _) in files {
        let text = document::read(&found.path);
        bytes += text.as_ref().map_or(0, String::len);
        texts.push(text);
        if bytes >= BATCH {
            break;
        }
    }
    texts
}

fn stages(files: &[File], texts: Vec<Result<String, String>>, plan: &Plan) -> Vec<Fate> {
    let read = texts.into_iter().zip(files).map(|(text, file)| read(text?, file, plan));
    let mut read: Vec<_> = read.collect();
    for document in &mut read {
        if let Ok(one) = document
            && let Err(broken) = guarded(|| one.read_code())
        {
            *document = Err(broken);
        }
    }
    let checked = read.into_iter().map(|document| document.and_then(|document| check(document, &plan.mend)));
    checked.map(|fate| fate.unwrap_or_else(Fate::Failed)).collect()
}

fn read<'a>(text: String, (found, project): &'a File, plan: &'a Plan) -> Result<Document<'a>, String> {
    let source = Source::new(found.name.as_str(), text);
    guarded(|| Document::read(source, &found.real, &plan.projects.list[*project], plan))
}

fn check(document: Document, mend: &Mend) -> Result<Fate, String> {
    guarded(|| document.check(mend))
}

/// With what was to be written, written.
fn settled(mut fate: Fate, file: &File, plan: &Plan) -> Fate {
    let found = &file.0;
    if let Fate::Checked(Checked { change: Some(change), .. }) = &mut fate
        && let Err(error) = plan.mend.settle(&found.name, &found.path, change)
    {
        // It stays as it is, and that is what is reported; it may have changed since it was read.
        let again = document::read(&found.path).and_then(|text| read(text, file, plan));
        let again = again.and_then(|document| check(document, &Mend::Nothing));
        fate = again.unwrap_or_else(Fate::Failed);
        if let Fate::Checked(checked) = &mut fate {
            checked.unwritten = Some(format!("cannot write: {}", write::why_unwritten(&error)));
        }
    }
    fate
}
