//! One mistake, one finding: a permanent table of edits to one good spec, each with the rule that speaks and the line
//! it points at; and of edits that are nobody's business.
//!
//! The table is grown with every rule. `cargo test --test one_defect` checks that the README shows it, and
//! `INFRALINT_UPDATE=1` writes it there.

mod support;

use infralint::settings::Settings;
use infralint::surroundings::Surroundings;
use infralint::template::model::Template;

/// What is done to the text.
type Edit = fn(&Text) -> String;

/// The good spec, with the edits that the tables are made of.
struct Text(String);

impl Text {
    fn swap(&self, from: &str, to: &str) -> String {
        assert_eq!(self.0.matches(from).count(), 1, "`{from}` stands once in the spec");
        self.0.replace(from, to)
    }

    fn without(&self, lines: &str) -> String {
        self.swap(lines, "")
    }

    /// From a heading up to the next one of its level or above.
    fn section(&self, heading: &str) -> &str {
        let start = self.0.find(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("{heading} is there")) + 1;
        let level = heading.bytes().take_while(|&byte| byte == b'#').count();
        let ends = |line: &str| {
            let marks = line.bytes().take_while(|&byte| byte == b'#').count();
            (1..=level).contains(&marks) && line[marks..].starts_with(' ')
        };
        let mut end = start + heading.len() + 1;
        for line in self.0[end..].split_inclusive('\n') {
            if ends(line) {
                break;
            }
            end += line.len();
        }
        &self.0[start..end]
    }

    fn without_section(&self, heading: &str) -> String {
        self.0.replace(self.section(heading), "")
    }

    /// Both sections are kept, in the other order.
    fn exchanged(&self, first: &str, second: &str) -> String {
        let (a, b) = (self.section(first), self.section(second));
        self.0.replace(&format!("{a}{b}"), &format!("{b}{a}"))
    }
}

/// A defect, the rule that says so, and a piece of the line that the finding points at.
struct Defect {
    what: &'static str,
    edit: Edit,
    rule: &'static str,
    at: &'static str,
}

macro_rules! defects {
    ($($what:literal, $edit:expr => $rule:literal at $at:literal;)*) => {
        &[$(Defect { what: $what, edit: $edit, rule: $rule, at: $at }),*]
    };
}

const DEFECTS: &[Defect] = defects![
    // structure
    "a section is missing", |t| t.without_section("## 8. SLA Targets") => "missing-section" at "## 7. Disaster Recovery";
    "a sub-section is missing", |t| t.without_section("### Vertical Scaling") => "missing-section" at "### Horizontal Scaling";
    "a heading is misspelt", |t| t.swap("## 7. Disaster Recovery", "## 7. Disaster Recovry") => "renamed-section" at "Disaster Recovry";
    "a heading has another name", |t| t.swap("## 9. Cost Estimate", "## 9. Budget") => "renamed-section" at "Budget";
    "a database has the name of a product", |t| t.swap("### Database\n", "### Cloud SQL\n") => "renamed-section" at "Cloud SQL";
    "two sections are swapped with their numbers", |t| t.exchanged("## 8. SLA Targets", "## 9. Cost Estimate") => "wrong-number" at "## 9. Cost Estimate";
    "a number is skipped", |t| t.swap("## 10. Rules", "## 11. Rules") => "wrong-number" at "## 11. Rules";
    "a section stands one level too deep", |t| t.swap("## 8. SLA Targets", "### 8. SLA Targets") => "misplaced-section" at "### 8. SLA Targets";
    "a section stands at the level of the title", |t| t.swap("## 4. Cloud Resources", "# 4. Cloud Resources") => "misplaced-section" at "# 4. Cloud Resources";
    "a section stands behind the changelog", |t| format!("{}\n## 13. Glossary\n\nNone yet.\n", t.0.trim_end()) => "misplaced-section" at "## 12. Changelog";
    "the changelog is not last", |t| t.exchanged("## 11. Open Questions", "## 12. Changelog") => "misplaced-section" at "## 12. Changelog";
    "a section stands there twice", |t| t.swap("## 9. Cost Estimate", "## 9. SLA Targets\n\n| Metric | Target | Measurement |\n|---|---|---|\n| Availability | 99% | Monthly |\n\n## 9. Cost Estimate") => "duplicate-section" at "## 9. SLA Targets";
    "a heading is indented", |t| t.swap("## 9. Cost Estimate", "    ## 9. Cost Estimate") => "missing-section" at "    ## 9. Cost Estimate";
    "a heading is escaped", |t| t.swap("## 9. Cost Estimate", "\\## 9. Cost Estimate") => "missing-section" at "\\## 9. Cost Estimate";
    "a heading was copied and not renamed", |t| t.swap("### Vertical Scaling", "### Horizontal Scaling") => "renamed-section" at "### Horizontal Scaling";
    "a heading was copied with its number", |t| t.swap("## 9. Cost Estimate", "## 8. SLA Targets") => "renamed-section" at "## 8. SLA Targets";
    "a heading is misspelt, and a link has its name", |t| t.swap("## 8. SLA Targets", "## 8. SLA Tragets").replace("Everything is", "[Everything](#8-sla-targets) is") => "renamed-section" at "SLA Tragets";
    "a sub-section stands too deep below one of another name", |t| t.swap("### Backup Strategy", "### Backups").replace("### Recovery Targets", "#### Recovery Targets") => "misplaced-section" at "#### Recovery Targets";
    "a section is empty", |t| t.0.replace(t.section("## 1. Overview"), "## 1. Overview\n\n---\n\n") => "empty-section" at "## 1. Overview";
    // document
    "a fence is not closed", |t| t.swap("    - CPUUtilization\n```\n", "    - CPUUtilization\n") => "unclosed-fence" at "```yaml";
    "a comment is not closed", |t| t.swap("## 9. Cost Estimate", "<!-- todo\n\n## 9. Cost Estimate") => "unclosed-comment" at "<!-- todo";
    "a merge conflict is left in the header", |t| t.swap("> **Version:** 1.2.0\n", "<<<<<<< HEAD\n> **Version:** 1.2.0\n=======\n> **Version:** 1.3.0\n>>>>>>> next\n") => "merge-conflict" at "<<<<<<< HEAD";
    "a merge conflict is left in a table", |t| t.swap("| RPO (Recovery Point Objective) | < 12 hours |\n", "<<<<<<< HEAD\n| RPO (Recovery Point Objective) | < 12 hours |\n=======\n| RPO (Recovery Point Objective) | < 6 hours |\n>>>>>>> next\n") => "merge-conflict" at "<<<<<<< HEAD";
    "the spec is pasted with its wrapper", |t| format!("```markdown\n{}```\n", t.0) => "wrapped-document" at "```markdown";
    "a directive names a rule that does not exist", |t| t.swap("## 8. SLA Targets\n", "## 8. SLA Targets\n\n<!-- infralint: allow(mising-row) agreed in May -->\n") => "invalid-directive" at "mising-row";
    "a directive is written as another linter has it", |t| t.swap("## 8. SLA Targets\n", "## 8. SLA Targets\n\n<!-- infralint-disable missing-row -->\n") => "invalid-directive" at "infralint-disable";
    "an allow silences nothing", |t| t.swap("## 8. SLA Targets\n", "## 8. SLA Targets\n\n<!-- infralint: allow(missing-row) agreed in May -->\n") => "unused-directive" at "missing-row";
    "a waiver has no reason", |t| t.0.replace(t.section("## 9. Cost Estimate"), "## 9. Cost Estimate\n\nNot applicable\n\n") => "invalid-waiver" at "Not applicable";
    "the reason of a waiver stands behind a colon", |t| t.0.replace(t.section("### Vertical Scaling"), "### Vertical Scaling\n\nnot applicable: we have none\n\n") => "invalid-waiver" at "we have none";
    "the reason of a waiver is to be decided", |t| t.0.replace(t.section("## 9. Cost Estimate"), "## 9. Cost Estimate\n\nNot applicable — TBD\n\n") => "invalid-waiver" at "Not applicable";
    "a waiver names nothing that is asked for", |t| t.swap("### Compute\n", "### Compute\n\nNot applicable: Mainframe — we never had one.\n") => "invalid-waiver" at "Mainframe";
    "what is waived is there", |t| t.swap("## 5. Scaling Strategy\n", "## 5. Scaling Strategy\n\nNot applicable: Vertical Scaling — machines stay as they are.\n") => "unused-waiver" at "Not applicable";
    // header
    "there is no title", |t| t.without("# Infrastructure\n\n") => "missing-title" at "Version";
    "there is no header", |t| t.without("> **Version:** 1.2.0\n> **Status:** Approved\n> **Last Updated:** 260915\n\n") => "missing-header" at "# Infrastructure";
    "a field is missing", |t| t.without("> **Last Updated:** 260915\n") => "missing-field" at "Status";
    "a field stands apart from the header", |t| t.swap("> **Last Updated:** 260915\n", "\nIt is sold out.\n\n> **Last Updated:** 260915\n") => "missing-field" at "Status";
    "a field is misspelt", |t| t.swap("**Last Updated:**", "**Last Updatd:**") => "missing-field" at "Last Updatd";
    "a field stands there twice", |t| t.swap("> **Version:** 1.2.0\n", "> **Version:** 1.2.0\n> **Version:** 1.2.0\n") => "duplicate-field" at "Version";
    "the header has another form", |t| t.swap("> **Version:** 1.2.0\n> **Status:** Approved\n> **Last Updated:** 260915\n", "**Version**: 1.2.0\n**Status**: Approved\n**Last Updated**: 260915\n") => "wrong-header-form" at "Version";
    "a line of the header has lost its sign", |t| t.swap("> **Status:** Approved", "**Status:** Approved") => "wrong-header-form" at "**Status:** Approved";
    "a line of the header stands apart", |t| t.swap("> **Status:** Approved\n", "\n**Status:** Approved\n\n") => "wrong-header-form" at "**Status:** Approved";
    "a line of the header has lost its colon", |t| t.swap("> **Status:** Approved", "> **Status** Approved") => "wrong-header-form" at "**Status** Approved";
    "a version has two parts", |t| t.swap("> **Version:** 1.2.0", "> **Version:** 1.2") => "invalid-field" at "1.2";
    "a status is unknown", |t| t.swap("> **Status:** Approved", "> **Status:** In Progress") => "invalid-field" at "In Progress";
    "a date has another form", |t| t.swap("> **Last Updated:** 260915", "> **Last Updated:** 2026-09-15") => "invalid-field" at "2026-09-15";
    "a date does not exist", |t| t.swap("> **Last Updated:** 260915", "> **Last Updated:** 260931") => "invalid-field" at "260931";
    "a date lies ahead", |t| t.swap("> **Last Updated:** 260915", "> **Last Updated:** 270915") => "future-date" at "270915";
    "a value is still the placeholder", |t| t.swap("> **Last Updated:** 260915", "> **Last Updated:** YYMMDD") => "placeholder-text" at "YYMMDD";
    // tables
    "a column is missing", |t| t.0.replace(" | Access |\n|-------------|---------|-----|--------|", " |\n|-------------|---------|-----|").replace(" | Developers |", " |").replace(" | Company |", " |").replace(" | Public |", " |") => "missing-column" at "| Environment | Purpose | URL |";
    "a column is misspelt", |t| t.swap("| Component | Trigger | Min | Max |", "| Component | Triger | Min | Max |") => "renamed-column" at "Triger";
    "a column has a name of another language", |t| t.swap("| Environment | Purpose | URL | Access |", "| Environment | Purpose | URL | Zugriff |") => "missing-column" at "Zugriff";
    "two columns are swapped", |t| t.swap("| Metric | Target | Measurement |", "| Metric | Measurement | Target |").replace("| 99.9% | Monthly, at the load balancer |", "| Monthly, at the load balancer | 99.9% |").replace("| < 400ms | Load balancer log |", "| Load balancer log | < 400ms |").replace("| < 0.1% | Share of 5xx answers |", "| Share of 5xx answers | < 0.1% |") => "column-order" at "Measurement";
    "the names of two columns are swapped", |t| t.swap("| Component | Trigger | Min | Max |", "| Component | Trigger | Max | Min |") => "min-exceeds-max" at "Max | Min";
    "an environment has no column", |t| t.swap("| Setting | Dev | Staging | Prod |\n|---------|-----|---------|------|\n| Web instances | 1 | 2 | 2 to 8 |\n", "| Setting | Dev | Staging | Test |\n|---------|-----|---------|------|\n| Web instances | 1 | 2 | 2 to 8 |\n") => "missing-column" at "Setting";
    "a row is missing", |t| t.without("| RPO (Recovery Point Objective) | < 12 hours |\n") => "missing-row" at "RTO";
    "a row that others refer to is missing", |t| t.without("| Production | Selling tickets | harbour-tickets.test | Public |\n") => "missing-row" at "| Staging | Acceptance tests";
    "the total is missing", |t| t.without("| **Total** | **$1,000** |\n") => "missing-row" at "Network";
    "a row is short", |t| t.swap("| Posters | Continuous | 90 days | S3 in eu-west-1 |", "| Posters | Continuous | 90 days |") => "ragged-row" at "Posters";
    "a row is long", |t| t.swap("| Posters | Continuous | 90 days | S3 in eu-west-1 |", "| Posters | Continuous | 90 days | S3 | eu-west-1 |") => "ragged-row" at "Posters";
    "a table is empty", |t| t.without("| Database | Connections > 80%, IO wait > 20% |\n| Cache | Memory > 75% |\n") => "empty-table" at "Component";
    "a row has the name of another", |t| t.swap("| RPO (Recovery Point Objective) |", "| RTO (Recovery Time Objective) |") => "duplicate-row" at "< 12 hours";
    "an environment has the name of another", |t| t.swap("| Staging | Acceptance tests |", "| Production | Acceptance tests |") => "duplicate-row" at "Production";
    "a table stands right below a list", |t| t.swap("| Resource | Purpose |\n|----------|---------|\n| VPC", "- see below\n| Resource | Purpose |\n|----------|---------|\n| VPC") => "missing-table" at "| Resource | Purpose |";
    "a table is missing", |t| t.without("| Component | When to Scale Up |\n|-----------|------------------|\n| Database | Connections > 80%, IO wait > 20% |\n| Cache | Memory > 75% |\n").replace("### Vertical Scaling\n", "### Vertical Scaling\n\nBy hand.\n") => "missing-table" at "Vertical Scaling";
    "a delimiter row is short", |t| t.swap("|-----------|-----------|-----------|----------|", "|-----------|-----------|-----------|") => "broken-table" at "|-----------|-----------|-----------|";
    "a blank line cuts a table", |t| t.swap("| Database | $540 |\n", "| Database | $540 |\n\n") => "broken-table" at "";
    "a cell is empty", |t| t.swap("| Staging | Acceptance tests |", "| Staging | |") => "empty-cell" at "| Staging | |";
    "a row stands there twice", |t| t.swap("| Mail workers | Queue depth > 500 | 1 | 4 |\n", "| Mail workers | Queue depth > 500 | 1 | 4 |\n| Web | CPU > 60% | 2 | 8 |\n") => "duplicate-row" at "Web";
    // content
    "a value is to be decided", |t| t.swap("| Company |", "| TBD |") => "placeholder-text" at "TBD";
    "a placeholder of the template is left", |t| t.swap("| Shop and API |", "| [API and web serving] |").replace("| 2 vCPU, 4 GB |", "| [t3.medium / 2vCPU, 4GB] |").replace("[API and web serving]", "Shop") => "placeholder-text" at "t3.medium";
    "a checklist is missing", |t| t.swap("- [ ] Tests are green\n- [ ] Security scan is clean\n- [ ] Migrations run forwards and backwards\n- [ ] Alarms are armed\n- [ ] The way back is written down\n", "Ask the team lead.\n") => "missing-block" at "Ask the team lead.";
    "an item of a checklist has a broken box", |t| t.swap("- [ ] Alarms", "- []Alarms") => "missing-block" at "- []Alarms";
    "a key stands in a yaml block twice", |t| t.swap("  MinSize: 2\n", "  MinSize: 2\n  MinSize: 3\n") => "invalid-yaml" at "MinSize: 3";
    "a yaml block does not parse", |t| t.swap("  MinSize: 2\n", "  MinSize: [2\n") => "invalid-yaml" at "";
    // diagram
    "no WAF is drawn", |t| t.without("        WAF[AWS WAF]\n").replace("    CDN --> WAF\n    WAF --> ALB\n", "    CDN --> ALB\n") => "missing-element" at "CDN[CloudFront]";
    "no load balancer is drawn", |t| t.without("    ALB[Application Load Balancer]\n\n").replace("    WAF --> ALB\n    ALB --> Web1 & Web2\n", "    WAF --> Web1 & Web2\n") => "missing-layer" at "WAF[AWS WAF]";
    "a zone is missing", |t| t.without("    subgraph ZoneB[\"eu-central-1b\"]\n        Web2[Web 2]\n        Mailer2[Mail worker 2]\n    end\n").replace("Web1 & Web2", "Web1").replace("Mailer1 & Mailer2", "Mailer1").replace("    Web2 --> Replica\n", "") => "too-few-zones" at "eu-central-1a";
    "an arrow between layers is missing", |t| t.without("    WAF --> ALB\n") => "missing-flow" at "WAF";
    "arrows run backwards", |t| t.swap("ALB --> Web1 & Web2", "Web1 & Web2 --> ALB") => "reversed-flow" at "Web1 & Web2 --> ALB";
    "a database is open to all that stands in the internet", |t| t.swap("    Visitors --> DNS\n", "    Visitors --> DNS\n    Internet --> Primary\n") => "exposed-data" at "Internet --> Primary";
    "users of another name reach a database", |t| t.swap("    Visitors --> DNS\n", "    Visitors --> DNS\n    Visitors --> Primary\n").replace("Visitors[Ticket buyers]", "Visitors[Shoppers]").replace("Visitors", "Shoppers") => "exposed-data" at "Shoppers --> Primary";
    "two zones have one name", |t| t.swap("ZoneB[\"eu-central-1b\"]", "ZoneB[\"eu-central-1a\"]") => "too-few-zones" at "subgraph ZoneA";
    "a node stands beside its zone", |t| t.swap("        Web2[Web 2]\n        Mailer2[Mail worker 2]\n    end\n", "    end\n    Web2[Web 2]\n    Mailer2[Mail worker 2]\n") => "too-few-zones" at "subgraph ZoneB";
    "nodes are joined by a comma", |t| t.swap("ALB --> Web1 & Web2", "ALB --> Web1, Web2") => "invalid-diagram" at "ALB --> Web1, Web2";
    "an end stands behind a node", |t| t.swap("        Mailer2[Mail worker 2]\n    end\n", "        Mailer2[Mail worker 2] end\n") => "invalid-diagram" at "Mailer2[Mail worker 2] end";
    "a blank stands in an arrow", |t| t.swap("DNS --> CDN", "DNS -- > CDN") => "surprising-diagram" at "DNS -- > CDN";
    "a comment begins with one percent sign", |t| t.swap("    Web1 --> Posters\n", "    Web1 --> Posters\n    %Visitors --> Posters\n") => "surprising-diagram" at "%Visitors";
    "a fence has lost its beginning", |t| t.swap("```mermaid\nflowchart LR\n    Push", "flowchart LR\n    Push") => "unclosed-fence" at "```";
    "a diagram is not closed before the next one", |t| t.swap("    Primary --> Replica\n```\n", "    Primary --> Replica\n\nThe pipeline:\n\n```mermaid\nflowchart LR\n    Build --> Deploy\n```\n") => "unclosed-fence" at "```mermaid";
    "a closing fence is indented too far", |t| t.swap("    Primary --> Replica\n```\n", "    Primary --> Replica\n    ```\n") => "unclosed-fence" at "```mermaid";
    "a database is open to the internet", |t| t.swap("    Visitors --> DNS\n", "    Visitors --> DNS\n    Visitors --> Primary\n") => "exposed-data" at "Visitors --> Primary";
    "a node's id is misspelt", |t| t.swap("    Primary --> Replica\n", "    Primary --> Relpica\n") => "ghost-node" at "Relpica";
    "a node is connected to nothing", |t| t.swap("    Mailer1 & Mailer2 --> Mails\n", "    Mailer1 --> Mails\n") => "orphan-node" at "Mailer2";
    // consistency
    "a version without an entry", |t| t.swap("> **Version:** 1.2.0", "> **Version:** 1.3.0") => "version-mismatch" at "1.3.0";
    "an entry without a version", |t| t.swap("### 260915 - v1.2.0", "### 260915 - v1.3.0 - More\n- More.\n\n### 260915 - v1.2.0") => "version-mismatch" at "1.2.0";
    "a date before its entry", |t| t.swap("> **Last Updated:** 260915", "> **Last Updated:** 260901") => "date-mismatch" at "260901";
    "entries in the wrong order", |t| t.exchanged("### 260915 - v1.2.0 - Seat holds move to Redis", "### 260702 - v1.1.0 - Reports") => "changelog-order" at "v1.2.0";
    "an entry of another form", |t| t.swap("### 260702 - v1.1.0 - Reports", "### v1.1.0 (2026-07-02)") => "invalid-entry" at "v1.1.0";
    "entries stand as high as their section", |t| t.0.replace("### 26", "## 26") => "invalid-entry" at "## 260915";
    "more than 100 percent", |t| t.swap("| Availability | 99.9% |", "| Availability | 109% |") => "invalid-cell" at "109%";
    "min above max", |t| t.swap("| Queue depth > 500 | 1 | 4 |", "| Queue depth > 500 | 5 | 4 |") => "min-exceeds-max" at "Queue depth";
    "yaml unlike the table", |t| t.swap("  MinSize: 2\n", "  MinSize: 1\n") => "config-mismatch" at "MinSize: 1";
    "a wrong total", |t| t.swap("| Database | $540 |", "| Database | $640 |") => "wrong-total" at "Total";
    "a share where a count belongs", |t| t.swap("| CPU > 60% | 2 | 8 |", "| CPU > 60% | 60% | 8 |") => "invalid-cell" at "60%";
    "data where a time belongs", |t| t.swap("| < 4 hours |", "| 4 GB |") => "invalid-cell" at "4 GB";
    "two entries of one version", |t| t.swap("### 260702 - v1.1.0", "### 260702 - v1.2.0") => "changelog-order" at "260702 - v1.2.0";
    "an environment that is listed nowhere", |t| t.swap("| Staging | Rolling | Automatic |", "| Preview | Rolling | Automatic |") => "unknown-reference" at "Preview";
    "an environment is misspelt where it is listed", |t| t.swap("| Staging | Acceptance tests |", "| Stagng | Acceptance tests |") => "unknown-reference" at "Stagng";
    "an open question in an approved spec", |t| t.swap("| Cost, recovery time | Resolved |", "| Cost, recovery time | Open |") => "open-question" at "Open";
    "a link into nowhere", |t| t.swap("Everything is described", "[Everything](#1-overviews) is described") => "broken-anchor" at "#1-overviews";
    "a password", |t| t.swap("- Secrets live in AWS Secrets Manager.", "- The replica is postgres://reports:kD93kfT2x@replica.harbour-tickets.net:5432/shop") => "exposed-secret" at "postgres://";
    "a password in a variable", |t| t.swap("- Secrets live in AWS Secrets Manager.", "- `DB_PASSWORD=Vq7kd82LwQz` is set by hand") => "exposed-secret" at "DB_PASSWORD";
    "the topology is a sequence diagram", |t| t.swap("flowchart TB", "sequenceDiagram") => "wrong-diagram-kind" at "sequenceDiagram";
    "the topology is another diagram, and broken", |t| t.swap("flowchart TB", "---\ntitle: [\n---\nsequenceDiagram") => "wrong-diagram-kind" at "sequenceDiagram";
    "the topology is no mermaid", |t| t.swap("```mermaid\nflowchart TB", "```text\nflowchart TB") => "missing-diagram" at "";
];

/// Edits that mean nothing.
const HARMLESS: &[(&str, Edit)] = &[
    ("Windows line ends", |t| t.0.replace('\n', "\r\n")),
    ("a byte order mark", |t| format!("\u{feff}{}", t.0)),
    ("an underlined heading", |t| t.swap("## 1. Overview\n", "1\\. Overview\n-----------\n")),
    ("a closed heading", |t| t.swap("## 1. Overview\n", "## 1. Overview ##\n")),
    ("a note behind a heading", |t| {
        t.swap("## 2. Deployment Topology Diagram", "## 2. Deployment Topology Diagram (REQUIRED)")
    }),
    ("headings without numbers", |t| {
        let mut out = String::new();
        for line in t.0.lines() {
            let bare =
                line.strip_prefix("## ").and_then(|name| name.split_once(". ")).map(|(_, name)| format!("## {name}"));
            out.push_str(bare.as_deref().unwrap_or(line));
            out.push('\n');
        }
        out
    }),
    ("roman numbers", |t| {
        let mut out = t.0.clone();
        for (number, roman) in (1..).zip(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]) {
            out = out.replace(&format!("\n## {number}. "), &format!("\n## {roman}. "));
        }
        out
    }),
    ("numbers in words", |t| {
        (1..=12).fold(t.0.clone(), |text, number| {
            text.replace(&format!("\n## {number}. "), &format!("\n## Section {number}: "))
        })
    }),
    ("no rules between sections", |t| t.0.replace("\n---\n", "\n")),
    ("bold names in headings", |t| t.swap("### Compute", "### **Compute**")),
    ("an emoji before a heading", |t| t.swap("## 8. SLA Targets", "## 8. 📊 SLA Targets")),
    ("a section of the author's own", |t| {
        t.swap("### Failover Process", "### Contacts\n\nThe on-call engineer.\n\n### Failover Process")
    }),
    ("a comment with a placeholder", |t| t.swap("## 1. Overview\n", "## 1. Overview\n\n<!-- [TBD] write more -->\n")),
    ("aligned delimiters", |t| {
        t.swap("|-------------|---------|-----|--------|", "|:------------|:-------:|----:|--------|")
    }),
    ("tables without outer pipes", |t| {
        t.swap("| Component | When to Scale Up |\n|-----------|------------------|\n| Database | Connections > 80%, IO wait > 20% |\n| Cache | Memory > 75% |\n", "Component | When to Scale Up\n---|---\nDatabase | Connections > 80%\nCache | Memory > 75%\n")
    }),
    ("one more row", |t| t.swap("| Network | $105 |\n", "| Network | $100 |\n| Tooling | $5 |\n")),
    ("one more column", |t| {
        t.swap("| Component | When to Scale Up |\n|-----------|------------------|\n| Database | Connections > 80%, IO wait > 20% |\n| Cache | Memory > 75% |\n", "| Component | When to Scale Up | Who |\n|---|---|---|\n| Database | Connections > 80% | Ada |\n| Cache | Memory > 75% | Ben |\n")
    }),
    ("one more header field", |t| {
        t.swap("> **Last Updated:** 260915\n", "> **Last Updated:** 260915\n> **Owner:** Platform team\n")
    }),
    ("hard breaks in the header", |t| {
        t.swap("> **Version:** 1.2.0\n> **Status:** Approved\n", "> **Version:** 1.2.0  \n> **Status:** Approved  \n")
    }),
    ("bold and code cells", |t| t.swap("| Production | Selling tickets |", "| **Production** | `Selling tickets` |")),
    ("text before a table", |t| t.swap("## 3. Environments\n", "## 3. Environments\n\nThere are three of them.\n")),
    ("an escaped pipe", |t| t.swap("| Selling tickets |", "| Selling \\| checking tickets |")),
    ("placeholders in code", |t| {
        t.swap(
            "## 10. Rules & Constraints\n",
            "## 10. Rules & Constraints\n\n```sh\ninfra apply [TBD] [name] [region]\n```\n",
        )
    }),
    ("a link and a ticked box", |t| {
        t.swap("- [ ] Tests are green", "- [x] Tests are green, see [the board](https://example.com/[a])")
    }),
    ("an optional row fewer", |t| t.without("| Error Rate | < 0.1% | Share of 5xx answers |\n")),
    ("targets as columns", |t| {
        t.swap("| Metric | Target |\n|--------|--------|\n| RTO (Recovery Time Objective) | < 4 hours |\n| RPO (Recovery Point Objective) | < 12 hours |\n", "| Component | RTO | RPO |\n|---|---|---|\n| Database | < 4 hours | < 12 hours |\n")
    }),
    ("no open question", |t| {
        t.without("| 1 | Do we need a second region before the festival season? | Cost, recovery time | Resolved |\n")
    }),
    ("numbers that begin at two", |t| {
        let mut out = t.0.clone();
        for number in (1..=12).rev() {
            out = out.replace(&format!("\n## {number}. "), &format!("\n## {}. ", number + 1));
        }
        out
    }),
    ("a note before the header", |t| {
        t.swap(
            "> **Version:** 1.2.0\n",
            "> **Note:** this spec is read by the auditors.\n\nSee below.\n\n> **Version:** 1.2.0\n",
        )
    }),
    ("front matter beside the header", |t| format!("---\nowner: platform\ntags: [infra]\n---\n\n{}", t.0)),
    ("long names of environments", |t| {
        t.swap("| Setting | Dev | Staging | Prod |", "| Setting | Development | Stage | Production |")
    }),
    ("environments in another language", |t| {
        t.swap("| Production | Selling", "| Producción | Selling")
            .replace("| Production | Blue/Green", "| Producción | Blue/Green")
    }),
    ("a status in another language", |t| t.swap("> **Status:** Approved", "> **Status:** Freigegeben")),
    ("zones in another language", |t| {
        t.swap("[\"eu-central-1a\"]", "[\"Rechenzentrum 1\"]").replace("[\"eu-central-1b\"]", "[\"Rechenzentrum 2\"]")
    }),
    ("one strategy for all environments", |t| {
        t.swap(
            "| Staging | Rolling | Automatic |\n| Production | Blue/Green | One command |",
            "| All environments | Rolling | Automatic |",
        )
    }),
    ("a table of contents", |t| {
        t.swap("## 1. Overview\n", "## Contents\n\n- [Overview](#1-overview)\n\n## 1. Overview\n")
    }),
];

fn findings(text: &str, template: &Template) -> (String, Vec<(&'static str, usize)>) {
    let reading = support::read("infrastructure.md", text);
    let around = Surroundings { today: "2026-11-25".parse().ok(), ..Surroundings::default() };
    let report = support::check(&reading, template, &Settings::default(), &around);
    let places = report
        .diagnostics
        .iter()
        .map(|diagnostic| (diagnostic.rule, reading.source.line_of(diagnostic.finding.at.span.start())));
    (support::plain(&reading, &report), places.collect())
}

fn good() -> Text {
    Text(support::text_of(&support::root().join("fixtures/specs/infrastructure.md")))
}

#[test]
fn the_good_spec_is_good() {
    let (shown, found) = findings(&good().0, &support::infrastructure());
    assert!(found.is_empty(), "{shown}");
}

#[test]
fn one_defect_is_one_finding_at_its_place() {
    let (good, template) = (good(), support::infrastructure());
    let mut wrong = Vec::new();
    for defect in DEFECTS {
        let text = (defect.edit)(&good);
        assert_ne!(text, good.0, "{}: nothing is edited", defect.what);
        let (shown, found) = findings(&text, &template);
        let right = match found.as_slice() {
            [(rule, line)] => {
                *rule == defect.rule && text.lines().nth(*line).is_some_and(|line| line.contains(defect.at))
            }
            _ => false,
        };
        if !right {
            wrong.push(format!("{}: not one `{}` at `{}`, but\n{shown}", defect.what, defect.rule, defect.at));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), DEFECTS.len(), wrong.join("\n"));
}

#[test]
fn harmless_edits_are_nobody_s_business() {
    let (good, template) = (good(), support::infrastructure());
    let mut wrong = Vec::new();
    for (what, edit) in HARMLESS {
        let text = edit(&good);
        assert_ne!(text, good.0, "{what}: nothing is edited");
        let (shown, found) = findings(&text, &template);
        if !found.is_empty() {
            wrong.push(format!("{what}:\n{shown}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
