//! Ways to break a good spec.

/// A way to break a good spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Defect {
    /// The first occurrence of a text gives way to another.
    Replace(&'static str, &'static str),
    /// A section goes, from its heading to the next of its level.
    Remove(&'static str),
    /// A section loses what stands under its heading.
    Empty(&'static str),
    /// The whole document stands in a fence.
    Wrap,
    /// Lines end as on Windows.
    Crlf,
    /// A byte order mark begins the text.
    Mark,
    /// The last line has no end.
    Cut,
}

use Defect::{Crlf, Cut, Empty, Mark, Remove, Replace, Wrap};

pub(crate) const DEFECTS: &[Defect] = &[
    // sections
    Replace("## 7. Disaster Recovery", "## 7. Disaster Recovry"),
    Replace("## 4. Cloud Resources", "## 14. Cloud Resources"),
    Replace("## 5. Scaling Strategy", "## 6. Scaling Strategy"),
    Replace("## 9. Cost Estimate", "## 9. Budget"),
    Replace("# 4. Cloud Resources", " 4. Cloud Resources"),
    Replace("## 12. Changelog", "## 12. SLA Targets\n\nSee above.\n\n## 12. Changelog"),
    Replace("### Vertical Scaling", "## Vertical Scaling"),
    Replace("## 8. SLA Targets", "### 8. SLA Targets"),
    Replace("## 10. Rules & Constraints", "**10. Rules & Constraints**"),
    Replace("## 1. Overview", "##1. Overview"),
    Replace("behind CloudFront.", "behind CloudFront, see [recovery](#7-disaster-recovery)."),
    Remove("## 1. Overview"),
    Remove("## 3. Environments"),
    Remove("### Environment Configuration"),
    Remove("### Compute"),
    Remove("### Recovery Targets"),
    Remove("## 2. Deployment Topology Diagram"),
    Remove("## 4. Cloud Resources"),
    Remove("## 5. Scaling Strategy"),
    Remove("### Horizontal Scaling"),
    Remove("### Auto-scaling Configuration"),
    Remove("### CI/CD Pipeline"),
    Remove("### Backup Strategy"),
    Remove("### Database"),
    Remove("## 10. Rules & Constraints"),
    Remove("## 11. Open Questions"),
    Remove("## 8. SLA Targets"),
    Remove("## 9. Cost Estimate"),
    Remove("## 12. Changelog"),
    Empty("### Failover Process"),
    Empty("### Backup Strategy"),
    Empty("## 10. Rules & Constraints"),
    Empty("## 4. Cloud Resources"),
    // header
    Replace("# Infrastructure\n", ""),
    Replace("> **Version:** 1.2.0\n", ""),
    Replace("> **Last Updated:** 260915", "> **Last Updated:** 2026-09-15"),
    Replace("> **Status:** Approved", "> **Status:** ✅ approved"),
    Replace("> **Status:** Approved", "> **Status:** Approved\n> **Status:** Draft"),
    Replace("> **Version:** 1.2.0\n> **Status:** Approved\n> **Last Updated:** 260915\n", ""),
    Replace(
        "> **Version:** 1.2.0\n> **Status:** Approved\n> **Last Updated:** 260915\n",
        "**Version**: v1.2.0  \n**Status**: Approved  \n**Last Updated**: 2026-09-15\n",
    ),
    // tables and blocks
    Replace(
        "| Environment | Purpose | URL | Access |\n|-------------|---------|-----|--------|",
        "| Environment | Purpose | URL | Access |\n|---|---|---|",
    ),
    Replace("| Component | Trigger | Min | Max |", "| Component | Trigger | Minimum size | Max |"),
    Replace("| Production | Selling tickets | harbour-tickets.test | Public |\n", ""),
    Replace("| RPO (Recovery Point Objective) | < 12 hours |\n", ""),
    Replace(
        "| Resource | Type | Specs | Purpose |\n|----------|------|-------|---------|\n| Web | ECS Fargate | 2 vCPU, 4 GB | Shop and API |\n| Mail workers | ECS Fargate | 0.5 vCPU, 1 GB | Confirmations and reminders |\n",
        "Two services.\n",
    ),
    Replace(
        "| Metric | Target | Measurement |\n|--------|--------|-------------|\n| Availability | 99.9% | Monthly, at the load balancer |\n| Response Time (p95) | < 400ms | Load balancer log |\n| Error Rate | < 0.1% | Share of 5xx answers |",
        "| Metric | Measurement | Target |\n|--------|--------|-------------|\n| Availability | Monthly | 99.9% |",
    ),
    Replace("| **Total** | **$1,000** |\n", ""),
    Replace("**$1,000**", "**$1,100**"),
    Replace("| Database | $540 |\n", "| Database | $540 |\n\n"),
    Replace("|-----------|-----------|-----------|----------|", "|-----------|-----------|-----------|"),
    Replace("| Posters | Continuous | 90 days | S3 in eu-west-1 |", "| Posters | Continuous | 90 days |"),
    Replace("| Database | Connections > 80%, IO wait > 20% |\n| Cache | Memory > 75% |\n", ""),
    Replace(
        "| Component | When to Scale Up |\n|-----------|------------------|\n| Database | Connections > 80%, IO wait > 20% |\n| Cache | Memory > 75% |\n",
        "",
    ),
    Replace("| Component | When to Scale Up |\n", "| Component | Who |\n"),
    Replace("| Mail workers | Queue depth > 500 | 1 | 4 |\n", "| Web | CPU > 60% | 2 | 8 |\n"),
    Replace("| Availability | 99.9% | Monthly, at the load balancer |\n", ""),
    Replace("| Metric | Target |\n|--------|--------|\n", "| Goal | Value |\n|--------|--------|\n"),
    Replace("```yaml\nWeb:", "```\nWeb:"),
    Replace("1. The alarm", "- The alarm"),
    Replace("- [ ] Tests", "- Tests"),
    // diagrams and fences
    Replace("ALB[Application Load Balancer]", "ALB[Balancer (public)]"),
    Replace("    Primary --> Replica\n```\n", "    Primary --> Replica\n"),
    Replace("ALB --> Web1 & Web2", "ALB --> Web1 & Wbe2"),
    Replace("    WAF --> ALB\n", ""),
    Replace("        WAF[AWS WAF]\n", ""),
    Replace("    Posters[(S3 posters)]\n", ""),
    Replace("Primary --> Replica\n", "Primary --> Replica\n    Visitors --> Primary\n"),
    Replace("    CDN --> WAF\n", "    A[flow direction LR] --> CDN\n    CDN --> WAF\n"),
    Replace("```mermaid\nflowchart TB", "```mermaid\nsequenceDiagram"),
    Replace("```mermaid\nflowchart TB", "```\nflowchart TB"),
    Replace("```mermaid\nflowchart LR", "```mermaid\nflowchrt LR"),
    Empty("## 2. Deployment Topology Diagram"),
    Empty("### CI/CD Pipeline"),
    // values
    Replace("> **Last Updated:** 260915", "> **Last Updated:** YYMMDD"),
    Replace("> **Last Updated:** 260915", "> **Last Updated:** 260901"),
    Replace("> **Last Updated:** 260915", "> **Last Updatd:** 260915"),
    Replace("> **Status:** Approved", "> **Status:** Draft"),
    Replace("> **Version:** 1.2.0", "> **Version:** 1.2"),
    Replace("> **Version:** 1.2.0", "> **Version:** 1.3.0"),
    Replace("| Staging | Acceptance tests |", "| Staging | |"),
    Replace("| Company |", "| TBD |"),
    Replace("| Availability | 99.9% |", "| Availability | 109% |"),
    Replace("| Queue depth > 500 | 1 | 4 |", "| Queue depth > 500 | 5 | 4 |"),
    Replace("| Database | Every 6 hours |", "| Database | Weekly |"),
    Replace("| Staging | Rolling | Automatic |", "| Preview | Rolling | Automatic |"),
    Replace("| Setting | Dev | Staging | Prod |", "| Setting | Dev | Staging | Test |"),
    Replace("| Staging | Acceptance tests | staging.harbour-tickets.test | Company |\n", ""),
    Replace("  MinSize: 2\n", "  MinSize: 1\n"),
    Replace("  MinSize: 2\n", "  MinSize: [2\n"),
    Replace("| Resolved |", "| Open |"),
    // log
    Replace("### 260915 - v1.2.0", "### 2026-09-15 - v1.2.0"),
    Replace("### 260702 - v1.1.0 - Reports", "### v1.1.0 (2026-07-02)"),
    Replace("### 260702 - v1.1.0", "### 2026-07-02 - v1.1"),
    Replace("### 260518 - v1.0.0", "### 18 May 2026 - v1.0.0"),
    Replace("### 260915 - v1.2.0", "### 260918 - v1.2.0"),
    // comments and waivers
    Replace("## 3. Environments\n", "## 3. Environments\n\n<!-- infralint: allow(missing-row) not yet -->\n"),
    Replace("Everything is described", "<!-- infralint: allow(missing-rwo) not yet --> Everything is described"),
    Replace("## 3. Environments\n", "## 3. Environments\n\nNot applicable: Access — everybody may.\n"),
    Replace("### Recovery Targets\n", "### Recovery Targets\n\nNot applicable: RTO — nobody waits.\n"),
    Replace(
        "## 2. Deployment Topology Diagram\n",
        "## 2. Deployment Topology Diagram\n\nNot applicable: WAF — an internal tool.\n",
    ),
    Replace("## 5. Scaling Strategy\n", "## 5. Scaling Strategy\n\nNot applicable: Vertical Scaling — never.\n"),
    Replace("# Infrastructure\n", "# Infrastructure\n\nNot applicable: SLA Targets — an internal tool.\n"),
    Replace("### Compute\n", "### Compute\n\nNot applicable: Storage — all of it is in the database.\n"),
    // the text as a whole
    Wrap,
    Crlf,
    Mark,
    Cut,
];

/// Mixtures that no single defect stands for: each broke a promise once.
pub(crate) const MIXTURES: &[&[Defect]] = &[
    // A link by the right name follows the number of a misspelt heading.
    &[
        Replace("## 7. Disaster Recovery", "## 7. Disaster Recovry"),
        Replace("## 5. Scaling Strategy", "## 6. Scaling Strategy"),
        Replace("behind CloudFront.", "behind CloudFront, see [recovery](#7-disaster-recovery)."),
        Remove("## 4. Cloud Resources"),
    ],
    // The number of what is not applicable stays free, whoever comes in beside it.
    &[
        Remove("## 8. SLA Targets"),
        Remove("## 9. Cost Estimate"),
        Replace("# Infrastructure\n", "# Infrastructure\n\nNot applicable: SLA Targets — an internal tool.\n"),
    ],
    &[
        Replace("## 9. Cost Estimate", "## 9. Budget"),
        Remove("## 8. SLA Targets"),
        Replace("# Infrastructure\n", "# Infrastructure\n\nNot applicable: SLA Targets — an internal tool.\n"),
    ],
    &[
        Remove("## 8. SLA Targets"),
        Remove("## 9. Cost Estimate"),
        Remove("## 10. Rules & Constraints"),
        Remove("## 11. Open Questions"),
        Replace("# Infrastructure\n", "# Infrastructure\n\nNot applicable: SLA Targets — an internal tool.\n"),
    ],
    // A fence that is open in a document that is wrapped, and begins with no title.
    &[
        Replace("# Infrastructure\n", ""),
        Replace("    Primary --> Replica\n```\n", "    Primary --> Replica\n"),
        Wrap,
        Cut,
    ],
    // The only fence in a wrapper, and it is open: the end of the wrapper is not its own.
    &[
        Remove("### Auto-scaling Configuration"),
        Remove("### CI/CD Pipeline"),
        Replace("    Primary --> Replica\n```\n", "    Primary --> Replica\n"),
        Replace("```mermaid\nflowchart TB", "```\nflowchart TB"),
        Wrap,
    ],
];

impl Defect {
    pub(crate) fn make(self, text: &str) -> String {
        match self {
            Replace(what, with) => text.replacen(what, with, 1),
            Remove(heading) => match extent(text, heading) {
                Some((start, _, end)) => format!("{}{}", &text[..start], &text[end..]),
                None => text.to_owned(),
            },
            Empty(heading) => match extent(text, heading) {
                Some((_, body, end)) => format!("{}\n{}", &text[..body], &text[end..]),
                None => text.to_owned(),
            },
            Wrap => format!("````markdown\n{text}````\n"),
            Crlf => text.replace('\n', "\r\n"),
            Mark => format!("\u{feff}{text}"),
            Cut => text.trim_end().to_owned(),
        }
    }

    /// Those of the text as a whole come last.
    pub(crate) fn rank(self) -> usize {
        match self {
            Replace(..) | Remove(_) | Empty(_) => 0,
            Cut => 1,
            Wrap => 2,
            Crlf => 3,
            Mark => 4,
        }
    }
}

/// Where a section begins, where its body begins, and where the next heading of its level or above stands.
fn extent(text: &str, heading: &str) -> Option<(usize, usize, usize)> {
    let start = text.find(&format!("{heading}\n"))?;
    let body = start + heading.len() + 1;
    let level = heading.bytes().take_while(|&byte| byte == b'#').count();
    let mut at = body;
    let mut fenced = false;
    for line in text[body..].split_inclusive('\n') {
        fenced ^= line.starts_with("```");
        let marks = line.bytes().take_while(|&byte| byte == b'#').count();
        if !fenced && marks > 0 && marks <= level {
            return Some((start, body, at));
        }
        at += line.len();
    }
    Some((start, body, text.len()))
}
