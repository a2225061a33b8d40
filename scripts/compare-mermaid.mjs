// The comparison behind compare-mermaid.sh: node compare-mermaid.mjs CACHE MODEL-PROGRAM [options] [files]
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mutation, random, Random } from './random-mermaid.mjs';

process.on('uncaughtException', (error) => {
    process.stderr.write(`compare-mermaid: THE COMPARISON BROKE OFF: ${error.stack}\n`);
    process.exit(2);
});

const [cache, program, ...rest] = process.argv.slice(2);
const options = { random: 0, mutations: 0, seed: Date.now() % 1e9, files: [] };
for (let i = 0; i < rest.length; i++) {
    if (!rest[i].startsWith('-')) {
        options.files.push(rest[i]);
        continue;
    }
    const [option, number] = [rest[i], rest[++i]];
    if (!['--random', '--mutations', '--seed'].includes(option) || !/^\d+$/.test(number ?? '')) {
        process.stderr.write(
            `compare-mermaid.sh: NOTHING WAS COMPARED: write --random N, --mutations N, --seed N or files, not ${option}\n`);
        process.exit(2);
    }
    options[option.slice(2)] = Number(number);
}

// ---------------------------------------------------------------------------------------- the official parsers

const require = createRequire(join(cache, 'package.json'));
const { JSDOM } = require('jsdom');
const { window } = new JSDOM('<!doctype html><body></body>', { pretendToBeVisual: true });
for (const name of ['window', 'document', 'Element', 'Node', 'HTMLElement', 'SVGElement', 'DOMParser', 'MutationObserver']) {
    globalThis[name] = name === 'window' ? window : window[name];
}
const load = async (name) => {
    const folder = join(cache, 'node_modules', name);
    // Labels pass through an HTML sanitizer, which changes what they say. It is no part of the grammar, so it is
    // taken out.
    const sanitizer = createRequire(join(folder, 'package.json')).resolve('dompurify/purify.min.js');
    const { default: purify } = await import(pathToFileURL(join(dirname(sanitizer), 'purify.es.mjs')));
    purify.sanitize = (text) => text;
    const module = await import(pathToFileURL(join(folder, 'dist/mermaid.core.mjs')));
    module.default.initialize({ startOnLoad: false, logLevel: 'fatal' });
    return module.default;
};
const newer = await load('mermaid');
const older = await load('mermaid-11');
const silent = () => {};
Object.assign(console, { debug: silent, info: silent, warn: silent });

const accepts = async (mermaid, text) => {
    try {
        await mermaid.parse(text);
        return true;
    } catch (error) {
        return error;
    }
};

const model = async (text) => {
    const { db } = await newer.mermaidAPI.getDiagramFromText(text);
    const vertices = db.getVertices instanceof Function ? [...db.getVertices().values()] : null;
    if (!vertices) return null;
    // A `;` on its own, or the text of `accTitle`, becomes a member of its group that is nothing.
    const things = new Set([...vertices, ...db.getEdges(), ...db.getSubGraphs()].map((thing) => thing.id));
    return {
        nodes: vertices.map((vertex) => [vertex.id, vertex.text, vertex.type ?? null]),
        edges: db.getEdges().map((edge) => [edge.start, edge.end, edge.text]),
        groups: db.getSubGraphs().map((group) => [group.id, group.title, group.nodes.filter((id) => things.has(id))]),
    };
};

// ------------------------------------------------------------------------------------------------- comparison

// Mermaid keeps marks for entity codes; what they stand for is compared. We know those only that labels are likely to
// hold, so the others are looked up here.
const area = window.document.createElement('textarea');
const named = (name) => {
    area.innerHTML = `&${name};`;
    return area.value === `&${name};` ? `#${name};` : area.value;
};
const numbered = (number) => {
    const point = Number(number);
    const isCharacter = point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
    return isCharacter ? String.fromCodePoint(point) : `#${number};`;
};
const said = (label) =>
    String(label ?? '')
        .replace(/ﬂ°°(\d+)¶ß/g, (_, number) => numbered(number))
        .replace(/ﬂ°(\w+)¶ß/g, (_, name) => named(name))
        .replace(/#([A-Za-z]\w*);/g, (_, name) => named(name))
        .trim();
const comparable = (model) => JSON.stringify({
    nodes: model.nodes.map(([id, label, shape]) => [said(id), said(label), shape]),
    edges: model.edges.map((edge) => edge.map(said)),
    groups: model.groups.map(([id, title, members]) => [said(id), said(title), members.map(said)]),
});

const compare = async (title, texts) => {
    const input = texts.map((text) => JSON.stringify({ text }) + '\n').join('');
    const run = spawnSync(program, { input, maxBuffer: 1 << 30 });
    if (run.error) throw run.error;
    const ours = run.stdout.toString().trim().split('\n').map((line) => JSON.parse(line));
    if (run.status !== 0 || ours.length !== texts.length) throw new Error(`mermaid_model failed: ${run.stderr}`);
    const differences = [];
    let accepted = 0;
    let models = 0;
    for (const [index, text] of texts.entries()) {
        const mine = ours[index];
        if (mine.kind.startsWith('Other')) continue; // Other kinds are left alone.
        const verdict = await accepts(newer, text);
        // What the newer one rejects is an error, whatever the older one says.
        const earlier = verdict === true && (await accepts(older, text));
        accepted += verdict === true;
        const differ = (what, more) => differences.push({ what, text, ours: mine.problems, ...more });
        if ((verdict === true) !== mine.ok) {
            differ(mine.ok ? 'only infralint accepts' : 'only mermaid accepts', { error: String(verdict.message ?? '') });
        } else if (mine.ok && (earlier === true) !== mine.ok11) {
            differ('not so in 11.17.2', { error: String(earlier.message ?? '') });
        } else if (mine.ok) {
            const theirs = await model(text);
            models += 1;
            if (theirs && comparable(theirs) !== comparable(mine.model)) differ('another model', { theirs, mine: mine.model });
        }
        if (process.stderr.isTTY && index % 200 === 0) process.stderr.write(`\r${title}: ${index} of ${texts.length} `);
    }
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    const counts = `${texts.length} diagrams, ${accepted} accepted, ${models} models`;
    process.stdout.write(`${title}: ${counts}: ${differences.length} differences\n`);
    return differences;
};

// ------------------------------------------------------------------------------------------------------ inputs

const diagramsIn = (path) => {
    if (statSync(path).isDirectory()) return readdirSync(path).sort().flatMap((name) => diagramsIn(join(path, name)));
    if (path.endsWith('.mmd')) return [readFileSync(path, 'utf8')];
    if (path.endsWith('.jsonl')) {
        return readFileSync(path, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line).text);
    }
    if (!path.endsWith('.md')) return [];
    return [...readFileSync(path, 'utf8').matchAll(/^( *)```mermaid *\n([^]*?)^ *```/gm)].map((match) => match[2]);
};

if (options.files.length + options.random + options.mutations === 0) options.random = options.mutations = 20_000;
const found = options.files.flatMap(diagramsIn);
const generator = new Random(options.seed);
const generated = Array.from({ length: options.random }, () => random(generator));
const bases = [...found, ...generated, ...Array.from({ length: generated.length ? 0 : 2000 }, () => random(generator))];
const mutated = Array.from({ length: options.mutations }, () => mutation(generator, generator.pick(bases)));

process.stdout.write(`seed ${options.seed}\n`);
const all = [];
let failed = false;
for (const [title, texts, most] of [['files', found, 0], ['random', generated, 0], ['mutations', mutated, options.mutations / 1000]]) {
    if (texts.length === 0) continue;
    const differences = await compare(title, texts);
    all.push(...differences);
    failed ||= differences.length > most;
}
if (all.length > 0) {
    const report = join(tmpdir(), `compare-mermaid-${options.seed}.json`);
    writeFileSync(report, JSON.stringify(all, null, 1));
    process.stdout.write(`the differences are in ${report}\n`);
}
process.exit(failed ? 1 : 0);
