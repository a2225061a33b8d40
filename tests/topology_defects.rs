//! The topology as a graph: one good diagram, what each defect of it gives, and the same system drawn otherwise.

mod support;

use infralint::rule::Group;
use infralint::rules;
use infralint::settings::Settings;
use infralint::surroundings::Surroundings;

/// A web shop in the manner of the built-in template.
const GOOD: &str = r#"flowchart TB
    subgraph Outside["Internet"]
        Users[Customers]
        DNS[Route 53]
    end
    subgraph Front["Edge"]
        CDN[CloudFront]
        WAF[Web application firewall]
    end
    subgraph Balancing["Load Balancing"]
        ALB[Application LB]
    end
    subgraph Region["Compute Layer"]
        subgraph AZ1["Availability Zone 1"]
            App1[Shop server 1]
            Worker1[Mail worker 1]
        end
        subgraph AZ2["Availability Zone 2"]
            App2[Shop server 2]
            Worker2[Mail worker 2]
        end
    end
    subgraph Stores["Data Layer"]
        subgraph Postgres["Database Cluster"]
            Primary[(Primary DB)]
            Replica[(Read replica)]
        end
        Cache[(Redis)]
        Queue[[Message Queue]]
    end
    subgraph Files["Storage"]
        S3[(Object storage)]
    end

    Users --> DNS
    DNS --> CDN
    CDN --> WAF
    WAF --> ALB
    ALB --> App1
    ALB --> App2
    App1 --> Primary
    App2 --> Replica
    App1 --> Cache
    App2 --> Cache
    Worker1 --> Queue
    Worker2 --> Queue
    App1 --> S3
    Primary --> Replica
"#;

/// What stands in the section before the diagram.
fn document(before: &str, diagram: &str) -> String {
    format!("# Infrastructure\n\n## 2. Deployment Topology Diagram\n\n{before}```mermaid\n{diagram}```\n")
}

/// What the rules of diagrams and waivers say: rule, and the line that the finding points at.
fn findings(text: &str) -> Vec<(&'static str, String)> {
    let of_diagrams = rules::ALL.iter().filter(|rule| rule.group == Group::Diagram);
    let only = of_diagrams.map(|rule| rule.name.to_owned());
    let only = only.chain(["invalid-waiver", "unused-waiver"].map(str::to_owned)).collect();
    let reading = support::read("infrastructure.md", text);
    let settings = Settings { only, ..Settings::default() };
    let report = support::check(&reading, &support::infrastructure(), &settings, &Surroundings::default());
    let line = |offset: usize| reading.source.slice(reading.source.line_span(reading.source.line_of(offset))).trim();
    let said = report.diagnostics.iter();
    said.map(|found| (found.rule, line(found.finding.at.span.start()).to_owned())).collect()
}

fn assert_one(what: &str, text: &str, rule: &str, line: &str) {
    assert_eq!(findings(text), [(rule, line.to_owned())], "{what}:\n{text}");
}

fn assert_none(what: &str, text: &str) {
    assert_eq!(findings(text), [], "{what}:\n{text}");
}

/// Lines of the diagram taken out; each must stand there once.
fn without(lines: &[&str]) -> String {
    lines.iter().fold(GOOD.to_owned(), |text, line| {
        let is_it = |other: &&str| other.trim() == *line;
        assert_eq!(text.lines().filter(is_it).count(), 1, "`{line}` stands once in the diagram");
        text.split_inclusive('\n').filter(|other| !is_it(other)).collect()
    })
}

fn swapped(from: &str, to: &str) -> String {
    assert_eq!(GOOD.matches(from).count(), 1, "`{from}` stands once in the diagram");
    GOOD.replace(from, to)
}

const SECOND_ZONE: [&str; 7] = [
    "subgraph AZ2[\"Availability Zone 2\"]",
    "App2[Shop server 2]",
    "Worker2[Mail worker 2]",
    "ALB --> App2",
    "App2 --> Replica",
    "App2 --> Cache",
    "Worker2 --> Queue",
];

/// Without the second zone: its `end` is the first of the two at that depth behind it.
fn one_zone() -> String {
    let text = without(&SECOND_ZONE);
    assert_eq!(text.matches("        end\n        end\n").count(), 1);
    text.replace("        end\n        end\n", "        end\n")
}

#[test]
fn the_good_one_is_good() {
    assert_none("as it is", &document("", GOOD));
}

#[test]
fn each_defect_is_one_finding() {
    let no_queue = without(&["Queue[[Message Queue]]", "Worker1 --> Queue", "Worker2 --> Queue"]);
    let no_storage = without(&["S3[(Object storage)]", "App1 --> S3"]);
    let no_waf = without(&["WAF[Web application firewall]", "CDN --> WAF"]).replace("WAF --> ALB", "CDN --> ALB");
    let no_balancer = without(&["ALB[Application LB]", "ALB --> App1", "ALB --> App2"])
        .replace("WAF --> ALB", "WAF --> App1\n    WAF --> App2");
    let off_path = without(&["CDN --> WAF"]).replace("WAF --> ALB", "CDN --> ALB");
    let arrows: Vec<&str> = GOOD.lines().map(str::trim).filter(|line| line.contains("-->")).collect();
    let reversed = swapped("ALB --> App1", "App1 --> ALB").replace("ALB --> App2", "App2 --> ALB");
    let commented = format!("{no_waf}    %% WAF[Web application firewall] comes next year\n");
    for (what, diagram, rule, line) in [
        ("the WAF is removed", no_waf, "missing-element", "CDN[CloudFront]"),
        ("the load balancer is removed", no_balancer, "missing-layer", "WAF[Web application firewall]"),
        ("the second zone is removed", one_zone(), "too-few-zones", "subgraph AZ1[\"Availability Zone 1\"]"),
        (
            "the second zone is emptied",
            without(&SECOND_ZONE[1..]),
            "too-few-zones",
            "subgraph AZ2[\"Availability Zone 2\"]",
        ),
        ("the queue is removed", no_queue, "missing-element", "Cache[(Redis)]"),
        (
            "the cache is removed",
            without(&["Cache[(Redis)]", "App1 --> Cache", "App2 --> Cache"]),
            "missing-element",
            "Queue[[Message Queue]]",
        ),
        ("the storage is removed", no_storage, "missing-layer", "Worker2[Mail worker 2]"),
        ("the WAF is on no path", off_path, "orphan-node", "WAF[Web application firewall]"),
        ("all edges are removed", without(&arrows), "missing-flow", "Users[Customers]"),
        (
            "the edge to the load balancer is removed",
            without(&["WAF --> ALB"]),
            "missing-flow",
            "WAF[Web application firewall]",
        ),
        ("the edges from the load balancer are turned round", reversed, "reversed-flow", "App1 --> ALB"),
        ("users reach the database", format!("{GOOD}    Users --> Primary\n"), "exposed-data", "Users --> Primary"),
        ("a slip in an id", swapped("App2 --> Cache", "App2 --> Cahce"), "ghost-node", "App2 --> Cahce"),
        ("another slip in an id", swapped("App1 --> Primary", "App1 --> Primry"), "ghost-node", "App1 --> Primry"),
        (
            "a letter of the wrong case",
            swapped("Worker1 --> Queue", "worker1 --> Queue"),
            "ghost-node",
            "worker1 --> Queue",
        ),
        ("a worker has no edges", without(&["Worker1 --> Queue"]), "orphan-node", "Worker1[Mail worker 1]"),
        (
            "no WAF yet",
            swapped("WAF[Web application firewall]", "WAF[No WAF yet]"),
            "missing-element",
            "CDN[CloudFront]",
        ),
        ("the WAF is a comment", commented, "missing-element", "CDN[CloudFront]"),
        (
            "a third zone is empty",
            swapped("    subgraph Stores", "    subgraph AZ3[\"Availability Zone 3\"]\n    end\n    subgraph Stores"),
            "empty-zone",
            "subgraph AZ3[\"Availability Zone 3\"]",
        ),
    ] {
        assert_one(what, &document("", &diagram), rule, line);
    }
}

#[test]
fn what_is_not_applicable_is_not_missed() {
    let no_queue = without(&["Queue[[Message Queue]]", "Worker1 --> Queue", "Worker2 --> Queue"]);
    let no_storage = without(&["S3[(Object storage)]", "App1 --> S3"]);
    let no_balancer = without(&["ALB[Application LB]", "ALB --> App1", "ALB --> App2"])
        .replace("WAF --> ALB", "WAF --> App1\n    WAF --> App2");
    for (names, diagram, there) in [
        ("Queue", no_queue, "Queue"),
        ("availability zones", one_zone(), "AZs"),
        ("Storage", no_storage, "Storage"),
        ("Load balancer", no_balancer, "Load balancer"),
        ("Compute --> Storage", without(&["App1 --> S3"]), "Compute --> Storage"),
    ] {
        let line = |names: &str| format!("Not applicable: {names} — we do without.\n\n");
        assert_none(names, &document(&line(names), &diagram));
        let written = line(there);
        assert_one(there, &document(&written, GOOD), "unused-waiver", written.trim());
    }
}

#[test]
fn a_diagram_of_a_pipeline_is_no_topology() {
    let text = "# Infrastructure\n\n## 2. Deployment Topology Diagram\n\nSee below.\n\n## 6. Deployment Process\n\n\
        ### CI/CD Pipeline\n\n```mermaid\nflowchart LR\n    Push[Git Push] --> Build[Build & Test]\n    \
        Build --> Stage[Deploy Staging] --> Prod[Deploy Production]\n```\n";
    let said: Vec<&str> = findings(text).into_iter().map(|(rule, _)| rule).collect();
    assert_eq!(said, ["missing-diagram"]);
}

/// The same system, drawn by others.
const REDRAWN: &[(&str, &str)] = &[
    (
        "Azure",
        r"flowchart LR
    Shoppers([Shoppers]) --> AzDNS[Azure DNS] --> AFD[Azure Front Door]
    AFD --> Policy[WAF policy] --> AppGw[Application Gateway]
    subgraph rg[Resource group]
        subgraph z1[Zone 1]
            vmss1[VM scale set instance]
        end
        subgraph z2[Zone 2]
            vmss2[VM scale set instance]
        end
    end
    AppGw --> vmss1 & vmss2
    vmss1 & vmss2 --> SQL[(Azure SQL)]
    vmss1 & vmss2 --> Redis[Azure Cache for Redis]
    vmss1 & vmss2 --> SB[Service Bus]
    vmss1 --> Blobs[Blob Storage]
",
    ),
    (
        "Google",
        r"graph TD
    U[Users] --> D[Cloud DNS]
    D --> C[Cloud CDN]
    C --> A[Cloud Armor]
    A --> L[Cloud Load Balancing]
    L -.-> a
    L -.-> b
    subgraph GKE
        subgraph a[europe-west1-b]
            p1[checkout]
        end
        subgraph b[europe-west1-c]
            p2[checkout]
        end
    end
    p1 & p2 ==> S[(Cloud SQL)] & M[Memorystore] & P[Pub/Sub]
    p1 ==> G[Cloud Storage]
",
    ),
    (
        "Kubernetes",
        r#"flowchart TB
    Browser --> extdns[DNS provider] --> fastly[Fastly CDN] --> waf[ModSecurity WAF] --> ing[Ingress controller]
    subgraph cluster[Kubernetes cluster]
        ing --> svc[Service: shop]
        subgraph na["Node pool, zone a"]
            poda[Pod shop-0]
        end
        subgraph nb["Node pool, zone b"]
            podb[Pod shop-1]
        end
        svc --> poda
        svc --> podb
        poda --> pg[(PostgreSQL StatefulSet)]
        podb --> pg
        poda --> cache[Redis]
        podb --> mq[RabbitMQ]
        poda --> pvc[MinIO]
    end
"#,
    ),
    (
        "Cloudflare",
        r#"flowchart LR
    visitors[Visitors] --> cf[Cloudflare]
    cf --> lb[Cloudflare Load Balancing]
    lb --> w1 & w2
    subgraph za["us-east-1a"]
        w1[api-1]
    end
    subgraph zb["us-east-1b"]
        w2[api-2]
    end
    w1 & w2 --> d1[(D1 database)]
    w1 & w2 --> kv[Workers KV cache]
    w1 & w2 --> q[Cloudflare Queues]
    w1 --> r2[(R2 bucket)]
"#,
    ),
    (
        "edges to and from groups, thick and dotted",
        r"flowchart LR
    users((Users)) ==> edge
    subgraph edge [Edge]
        direction TB
        dns[DNS] -.-> cdn[CDN] -.-> waf[WAF]
    end
    edge ==> lb{{Load balancer}} ==> app
    subgraph app [Application]
        subgraph az-a [AZ a]
            web-a
        end
        subgraph az-b [AZ b]
            web-b
        end
    end
    subgraph data [Data]
        db[(MySQL)]
        cache[(Memcached)]
        jobs[SQS]
    end
    app == reads and writes ==> data
    app -. uploads .-> files[(S3)]
",
    ),
    (
        "one chain, and all zones in one word",
        r#"flowchart LR
    U[End users] --> D[DNS] --> C[CDN] --> W[WAF] --> L[ALB] --> A["App servers (Multi-AZ)"]
    A --> P[(Aurora)] & R[(ElastiCache)] & Q[Kafka] & S[(EFS)]
"#,
    ),
];

#[test]
fn the_same_system_is_good_however_it_is_drawn() {
    for (what, diagram) in REDRAWN {
        assert_none(what, &document("", diagram));
    }
}

#[test]
fn half_a_text_is_not_judged() {
    let broken = swapped("Cache[(Redis)]", "Cache[Redis (cluster)]");
    let said: Vec<&str> = findings(&document("", &broken)).into_iter().map(|(rule, _)| rule).collect();
    assert!(said.iter().all(|rule| *rule == "invalid-diagram"), "{said:?}");
    let two = document("", &without(&["Users --> DNS"])) + "\n```mermaid\nflowchart LR\n    A[(\n```\n";
    let said: Vec<&str> = findings(&two).into_iter().map(|(rule, _)| rule).collect();
    assert!(said.iter().all(|rule| *rule == "invalid-diagram"), "{said:?}");
}

#[test]
fn a_plural_in_capitals_may_be_another_word() {
    let no_cdn = without(&["CDN[CloudFront]", "CDN --> WAF"]).replace("DNS --> CDN", "CDNS --> WAF");
    let no_cdn = no_cdn.replace("DNS[Route 53]", "CDNS[Cloud DNS]").replace("Users --> DNS", "Users --> CDNS");
    assert_one("`CDNS` is no CDN", &document("", &no_cdn), "missing-element", "WAF[Web application firewall]");
}

#[test]
fn plain_words_for_what_runs_are_known_where_they_stand_alone() {
    let answers = |label: &str| {
        format!(
            "flowchart LR\n    Users --> DNS --> CDN --> WAF --> ALB --> A[{label}]\n    A --> DB & Redis & SQS & S3\n"
        )
    };
    let one_machine = "Not applicable: Availability zones — one machine.\n\n";
    for label in ["Web", "Web 1", "Website", "Instances", "PHP-FPM"] {
        assert_none(label, &document(one_machine, &answers(label)));
    }
    let line = "Users --> DNS --> CDN --> WAF --> ALB --> A[RDS instance]";
    assert_one(
        "an instance of what is no app",
        &document(one_machine, &answers("RDS instance")),
        "missing-layer",
        line,
    );
}
