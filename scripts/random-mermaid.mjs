// Random flowcharts for compare-mermaid.sh, and mutations of texts. Everything follows from the seed.

/** A small generator of random numbers (mulberry32). */
export class Random {
    constructor(seed) {
        this.state = seed >>> 0;
    }

    next() {
        this.state = (this.state + 0x6d2b79f5) >>> 0;
        let t = this.state;
        t = Math.imul(t ^ (t >>> 15), t | 1);
        t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    }

    below(most) {
        return Math.floor(this.next() * most);
    }

    chance(share) {
        return this.next() < share;
    }

    pick(list) {
        return list[this.below(list.length)];
    }
}

const IDS = ['A', 'B', 'C', 'D', 'node1', 'web', 'db_1', 'a-b', 'a.b', 'v', 'x', 'o', 'ox', 'end1', 'my-end', 'End', 'endpoint',
    'default', 'Größe', '日本', 'a/b', '1', '42', 'a:b', 'A,B', 'x1', 'style1', 'graphs', 'L_A_B_0', 'a&b', 'h#x', 'q?', "it's",
    'a*', '%x', 'classic', 'clicks', 'hrefs', 'TD', 'LR', 'down', '$1', '`t`', 'a+b', 'a\\b', '_x', 'constructor', 'S1', 'S2'];
const ODD_IDS = ['end', 'graph', 'class', 'style-1', 'end-user', 'a b', 'a@b', 'é́', '😀', 'a=b', 'subgraph', 'click', 'call x', 'href x',
    'interpolate', '_self', '"q"', '', 'flowchart-elk', 'classDef', 'linkStyle 0', 'x-', '-', '#35;', '٣', 'ª', '%%', '#', '//'];
const WORDS = ['Web', 'server', 'App', 'Redis', 'cache', 'load', 'balancer', 'über', '数据库', 'S3', 'v1.0', '10%', 'us-east-1a', 'a&b',
    'x=y', 'end', 'graph', 'direction', 'TB', 'style', '#quot;', '#35;', '#9829;', "it's", '<br/>', '<b>bold</b>', '/api', 'a\\nb', '~',
    '--', 'me@home', 'C4', '%%', '🙂', '*', 'class', '->', ':', ';', ',', '!', '?', '`', '<', '>', '-', '=', '.', '&amp;', '$x', '^'];
const ODD_WORDS = ['(x)', '[0]', '{y}', '"q"', '|', 'f(x)', '~~~', 'C4Context', '\n', '\t', 'direction LR', '\u00a0', '\r\n', '\\"'];
const SHAPES = ['[]', '()', '{}', '([])', '[[]]', '[()]', '(())', '((()))', '{{}}', '>]', '[//]', '[\\\\]', '[/\\]', '[\\/]', '(--)'];
const NAMES = ['rect', 'rounded', 'cyl', 'diamond', 'hex', 'lean-r', 'dbl-circ', 'doc', 'docs', 'fork', 'tag-rect', 'bolt', 'bpmn-start'];
const ODD_NAMES = ['Cyl', 'nope', 'lean_right', 'rectangular', '5', 'true', '[a]', '"hex"', "'hex'", 'null', '~', 'constructor', ''];
const LINKS = ['-->', '---', '-.->', '-.-', '==>', '===', '~~~', '--o', '--x', 'x--x', 'o--o', '<-->', '<==>', '<-.->', '---->', '-..->',
    '====>', '-...-', 'x==x', 'o-.-o', '--->', '~~~~', '.->', '..-'];
const ODD_LINKS = ['->', '=>', '--', '-', '—>', '→', '-->>', '<--', '<->', '~~', '..>', '- ->', '-- -->', '==', '-.', '|x|', '--><'];

const PLAIN = ['Web', 'server', 'App', 'Redis', 'über', '数据库', 'S3', '10%', 'cache', '#quot;', '#35;', 'B2', "it's"];

// Everything that is wrong, or likely to be, is rare: most of the flowcharts are to be accepted.
const odd = (r) => r.chance(0.004);
const space = (r) => (r.chance(0.9) ? ' ' : r.pick(['', '  ', '\t', '\u00a0']));
const id = (r) => (odd(r) ? r.pick(ODD_IDS) : r.pick(IDS));
const words = (r, most = 4) =>
    Array.from({ length: 1 + r.below(most) }, () => (odd(r) ? r.pick(ODD_WORDS) : r.pick(WORDS))).join(r.chance(0.95) ? ' ' : '');

const plain = (r, most = 3) => Array.from({ length: 1 + r.below(most) }, () => r.pick(PLAIN)).join(' ');
const quotable = (r) => (odd(r) ? words(r) : words(r).replaceAll('`', "'"));

const label = (r) => {
    const roll = r.below(20);
    if (roll < 8) return r.chance(0.7) ? `${r.pick(PLAIN)} ${words(r)} ${r.pick(PLAIN)}` : words(r);
    if (roll < 15) return `"${quotable(r)}${r.chance(0.3) ? ' (x) [y] {z} |' : ''}"`;
    if (roll < 17) return `"\`${quotable(r)}\`"`;
    if (roll < 18) return `"${quotable(r)}" ${plain(r)}`;
    if (roll < 19) return `${plain(r)}\n  ${plain(r)}`;
    return odd(r) ? '' : ' x ';
};

const scalar = (r) => {
    const roll = r.below(12);
    if (roll < 4) return `"${quotable(r).replaceAll('^', '').replaceAll('\\', '')}"`;
    if (roll < 6) return `'${quotable(r).replaceAll('^', '').replaceAll("'", '')}'`;
    if (roll < 9) return r.pick(['text', 'two words', 'a-b', 'x.y', 'A1', 'http://x.y/z']);
    if (roll < 11) return r.pick(['1', '60', '0', '1.5', 'true', 'false', 'null', '~', '0x1f', '-3', '.5', '1e3']);
    return odd(r) ? r.pick(['"', "'", '[', '{', '}', ',', ': x', '- a', '&a', '*a', '!x y', '|', '>', '%x', '@x', '`x', '#c', '? a', 'a: b']) : '';
};

const data = (r) => {
    const keys = new Set();
    const entries = Array.from({ length: r.below(4) }, () => {
        const key = r.pick(['shape', 'shape', 'label', 'label', 'icon', 'img', 'form', 'pos', 'w', 'h', 'constraint', 'animate', 'x']);
        if (keys.has(key) && !odd(r)) return `k${keys.add(key + keys.size).size}: 1`;
        keys.add(key);
        const value = key === 'shape' ? (odd(r) ? r.pick(ODD_NAMES) : r.pick(NAMES)) : scalar(r);
        return `${key}:${odd(r) ? '' : ' '}${value}`;
    });
    if (r.chance(0.2) && (entries.length > 0 || odd(r))) return `@{\n${entries.map((entry) => `    ${entry}\n`).join('')}  }`;
    const gap = r.chance(0.8) ? ' ' : '';
    return `@{${gap}${entries.join(odd(r) ? ' ' : ', ')}${gap}}`;
};

const node = (r) => {
    let text = id(r);
    const roll = r.below(20);
    if (roll < 8) {
        const shape = r.pick(SHAPES);
        text += shape.slice(0, shape.length / 2) + label(r) + shape.slice(shape.length / 2);
    } else if (roll < 10) {
        text += data(r);
        if (!odd(r)) return text;
    } else if (roll < 11 && r.chance(0.3)) {
        text += `[|${r.pick(['borders', 'x'])}:${r.pick(['lt', 'y'])}|${label(r)}]`;
    }
    if (r.chance(0.05)) text += `:::${r.pick(['hot', 'cold-1', 'default'])}`;
    return text;
};

const link = (r) => {
    const name = r.chance(0.04) ? `${r.pick(['e1', 'e2', 'a-b'])}@` : '';
    if (odd(r)) return name + r.pick(ODD_LINKS);
    const roll = r.below(20);
    if (roll < 12) return name + r.pick(LINKS);
    if (roll < 16) return `${name}${r.pick(LINKS)}|${label(r)}|${odd(r) ? '\n' : ''}`;
    const [open, close] = r.pick([['--', '-->'], ['--', '---'], ['==', '==>'], ['-.', '.->'], ['-.', '-.-'], ['x--', '--x'], ['<--', '-->'], ['x--', '-->'], ['o==', '==o'], ['--', '--o'], ['<-.', '.->']]);
    const text = r.chance(0.5) ? `"${quotable(r)}"` : odd(r) ? words(r, 2) : plain(r, 2);
    return `${name}${open} ${text} ${close}`;
};

const chain = (r) => {
    const nodes = () => Array.from({ length: r.chance(0.85) ? 1 : 2 + r.below(2) }, () => node(r)).join(odd(r) ? '&' : ' & ');
    let text = nodes();
    for (let length = r.below(4); length > 0; length--) {
        const between = link(r);
        r.links = true;
        text += space(r) + between + (r.chance(0.03) && !between.endsWith('|') ? '\n   ' : space(r)) + nodes();
    }
    return text;
};

const declarations = (r) =>
    Array.from({ length: 1 + r.below(3) }, () =>
        odd(r) ? r.pick(['fill:rgb(1,2,3)', 'color:"red"', 'fill', 'a:b:c', 'font-family:Arial, Helvetica']) :
            r.pick(['fill:#f9f', 'stroke:#333', 'stroke-width:4px', 'color:red', 'stroke-dasharray: 5 5', 'opacity:0.5', 'x:y%'])).join(',');

const statement = (r) => {
    const roll = r.below(40);
    const blank = r.chance(0.97) ? ' ' : '  ';
    if (roll < 30) return chain(r);
    if (roll < 31) return `style${blank}${id(r)} ${declarations(r)}`;
    if (roll < 32) return `classDef${blank}${r.pick(['hot', 'cold', 'default', 'a,b'])} ${declarations(r)}${r.chance(0.2) ? ';' : ''}`;
    if (roll < 33) return `class${blank}${id(r)},${id(r)} hot${odd(r) ? ' ' : ''}`;
    if (roll < 34) return `linkStyle${blank}${r.links ? r.pick(['0', 'default', '0', '0,0', odd(r) ? '9' : '0']) : 'default'} ${r.chance(0.2) ? 'interpolate basis ' : ''}${declarations(r)}`;
    if (roll < 35) return `click ${id(r)} ${r.pick(['"https://x.y"', 'cb', 'call f(1, "a")', 'call f()', 'href "x"', 'cb "tip"', '"u" "tip" _blank', 'href "u" _self', 'x y', '"u" _top'])}`.replace('x y', odd(r) ? 'x y' : 'cb2');
    if (roll < 36) return r.pick(['accTitle: A title', 'accDescr: What it is', 'accDescr {\n many\n lines }', 'accTitle : x', odd(r) ? 'accTitle x' : 'accDescr:x']);
    if (roll < 37) return `%% ${words(r)}`;
    if (roll < 38) return r.pick(['%%{init: {"theme": "dark"}}%%', '%%{wrap}%%', '%%', '%% x', odd(r) ? '%%{ init: x' : '%% y', '']);
    if (roll < 39) return `direction ${r.pick(['TB', 'LR', 'RL', 'BT', 'TD', odd(r) ? 'XX' : 'LR'])}`;
    return r.pick(['', ';', ' ', 'e1@{ animate: true }', 'e2@{ curve: linear }', `${id(r)}@{ label: "x" }`]);
};

const group = (r, depth) => {
    const roll = r.below(10);
    const title = roll < 3 ? id(r) : roll < 5 ? `${r.pick(['S1', 'S2', 'Data', id(r)])}${r.pick(['', ' '])}[${label(r)}]`
        : roll < 7 ? `"${quotable(r)}"` : roll < 9 ? (odd(r) ? words(r, 3) : plain(r)) : odd(r) ? '' : 'Two words';
    const end = odd(r) ? '' : `end${r.pick(['', '', '', ';', ' ', ' ', odd(r) ? ' x' : ''])}`;
    return `subgraph ${title}${r.chance(0.03) ? ' ' : ''}\n${body(r, depth + 1)}${end}`;
};

const body = (r, depth) => {
    let text = '';
    for (let count = 1 + r.below(depth === 0 ? 8 : 3); count > 0; count--) {
        const indent = '  '.repeat(depth + 1);
        const one = depth < 4 && r.chance(0.15) ? group(r, depth) : statement(r);
        const strict = /^(class|click|linkStyle|%%|accTitle|accDescr:|direction)/.test(one) && !odd(r);
        text += indent + one + r.pick(strict ? ['\n', '\n\n'] : ['\n', '\n', '\n', '\n', ';\n', ' \n', '; ', '\n\n', ' ;\n']);
    }
    return text;
};

/** A flowchart that the official parser mostly accepts. */
export const random = (r) => {
    let text = '';
    r.links = false;
    if (r.chance(0.03)) {
        const yaml = odd(r) ? r.pick(['title: [', 'a: b: c', 'title: "x', 'a: 1\na: 2']) : r.pick(['title: x', 'config:\n  theme: dark', '', '- a', 'x']);
        text += `${odd(r) ? r.pick(['\n', ' ']) : ''}---\n${yaml}\n---\n`;
    }
    if (r.chance(0.05)) text += `%% ${words(r)}\n`;
    text += r.pick(['graph', 'graph', 'flowchart', 'flowchart', 'flowchart-elk']);
    if (r.chance(0.05)) return text + (odd(r) ? ';' : '\n') + body(r, 0);
    text += ` ${r.pick(['TD', 'TB', 'LR', 'RL', 'BT', 'TD', '>', '<', '^', 'v'])}`;
    if (odd(r)) text += r.pick([' x', ' A-->B', 'X', ' TD', ' %% x']);
    text += r.pick(['\n', '\n', '\n', ';\n', ' \n', ';', '\r\n']);
    text += body(r, 0);
    return r.chance(0.02) ? text.replaceAll('\n', '\r\n') : text;
};

const PIECES = ['(', ')', '[', ']', '{', '}', '"', '|', '-', '-->', '--', '.', '=', '&', ';', ':', '@', '@{', '#', '%', '%%', '\n', ' ', '  ',
    'end', 'subgraph', 'graph', 'direction LR', 'style', 'class', 'click', '`', '~~~', ':::', ',', '<', '>', 'o', 'x', 'v', '\\', '/', '%%{',
    '---', '|x|', "'", '\t', 'é', '😀', ' & ', '==>', '-.->', ': ', '#35;', 'default', 'e1@'];

/** A text with one to three small changes. */
export const mutation = (r, base) => {
    let text = base;
    for (let count = 1 + r.below(3); count > 0; count--) {
        const at = r.below(text.length + 1);
        const lines = text.split('\n');
        const line = r.below(lines.length);
        switch (r.below(9)) {
            case 0: text = text.slice(0, at) + text.slice(at + 1); break;
            case 1: text = text.slice(0, at) + text.slice(at + 1 + r.below(6)); break;
            case 2: case 3: text = text.slice(0, at) + r.pick(PIECES) + text.slice(at); break;
            case 4: text = text.slice(0, at) + r.pick(PIECES) + text.slice(at + 1); break;
            case 5: text = text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2); break;
            case 6: lines.splice(line, 1); text = lines.join('\n'); break;
            case 7: lines.splice(line, 0, lines[r.below(lines.length)]); text = lines.join('\n'); break;
            case 8: if (r.chance(0.3)) text = text.slice(0, at); break;
        }
    }
    return text.isWellFormed() ? text : text.toWellFormed();
};
