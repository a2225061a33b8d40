//! What files said at a commit: one `git cat-file --batch` for all of them.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{Mutex, PoisonError};

use crate::cli::git;

/// Answers what a file said at a commit. The process starts with the first question.
pub(super) struct Objects {
    root: PathBuf,
    process: Mutex<State>,
}

enum State {
    Idle,
    Running(Process),
    /// It could not be started, or stopped answering.
    Gone,
}

struct Process {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Objects {
    /// For the repository that lies here.
    pub(super) fn new(root: PathBuf) -> Self {
        Self { root, process: Mutex::new(State::Idle) }
    }

    /// The text of `commit:path`; `None` where there is none, or it is no UTF-8.
    pub(super) fn text(&self, object: &str) -> Option<String> {
        if object.contains('\n') {
            return None;
        }
        let mut state = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        if let State::Idle = *state {
            *state = Process::start(&self.root).map_or(State::Gone, State::Running);
        }
        let State::Running(process) = &mut *state else { return None };
        if let Ok(bytes) = process.ask(object) {
            bytes.and_then(|bytes| String::from_utf8(bytes).ok())
        } else {
            *state = State::Gone;
            None
        }
    }
}

impl Process {
    fn start(root: &std::path::Path) -> Option<Self> {
        let mut command = git::command(root);
        command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().ok()?;
        let questions = child.stdin.take()?;
        let answers = BufReader::new(child.stdout.take()?);
        Some(Self { child, questions, answers })
    }

    /// `<id> blob <size>`, a line, the bytes and a line break; or `<object> missing`.
    fn ask(&mut self, object: &str) -> std::io::Result<Option<Vec<u8>>> {
        writeln!(self.questions, "{object}")?;
        self.questions.flush()?;
        let mut head = String::new();
        self.answers.read_line(&mut head)?;
        let mut words = head.split_whitespace();
        let (kind, size) = (words.nth(1), words.next().and_then(|size| size.parse::<usize>().ok()));
        let Some(size) = size.filter(|_| matches!(kind, Some("blob" | "tree" | "commit" | "tag"))) else {
            let is_answer = head.ends_with('\n');
            return if is_answer { Ok(None) } else { Err(std::io::ErrorKind::UnexpectedEof.into()) };
        };
        let mut bytes = vec![0; size + 1];
        self.answers.read_exact(&mut bytes)?;
        bytes.pop();
        Ok((kind == Some("blob")).then_some(bytes))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Without questions it ends by itself; nobody waits for one that does not.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
