// A long message is read in slices: the page has its turn in between.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import vm from 'node:vm';

const CONTENT = new URL('../content/', import.meta.url);

/** How many nodes were looked at since the page had its turn. */
let looked = 0;
/** The most in one turn, and how many turns there were. */
let most = 0;
let turns = 0;

/** What of a document's nodes is needed to read them. */
class Node {
  constructor(name, text = null) {
    this.own = { name, text, parent: null, next: null, first: null };
    this.last = null;
  }
  append(child) {
    child.own.parent = this;
    if (this.last) {
      this.last.own.next = child;
    } else {
      this.own.first = child;
    }
    this.last = child;
    return child;
  }
  get nodeType() {
    return this.own.text === null ? 1 : 3;
  }
  get nodeValue() {
    return this.own.text;
  }
  get parentNode() {
    return this.own.parent;
  }
  get firstChild() {
    looked += 1;
    return this.own.first;
  }
  get nextSibling() {
    return this.own.next;
  }
  get isConnected() {
    return true;
  }
  get baseURI() {
    return 'https://webmail.example/';
  }
  get ownerDocument() {
    return PAGE;
  }
  get parentElement() {
    return this.own.parent;
  }
  get textContent() {
    return this.own.text;
  }
  compareDocumentPosition() {
    return 0;
  }
  contains() {
    return false;
  }
  getRootNode() {
    return this;
  }
}
Object.assign(Node, {
  ELEMENT_NODE: 1,
  TEXT_NODE: 3,
  DOCUMENT_NODE: 9,
  DOCUMENT_FRAGMENT_NODE: 11,
});

class Element extends Node {
  get localName() {
    return this.own.name;
  }
  get namespaceURI() {
    return 'http://www.w3.org/1999/xhtml';
  }
  get attributes() {
    return [];
  }
  get children() {
    return [];
  }
  get childElementCount() {
    return 0;
  }
  get nextElementSibling() {
    return null;
  }
  get previousElementSibling() {
    return null;
  }
  getAttribute(name) {
    return name === 'href' ? (this.href ?? null) : null;
  }
  matches() {
    return false;
  }
  closest() {
    return null;
  }
  getBoundingClientRect() {
    return { width: 0, height: 0 };
  }
  getClientRects() {
    return [];
  }
  checkVisibility() {
    return true;
  }
  querySelector() {
    return null;
  }
  querySelectorAll() {
    return [];
  }
}

class Document extends Element {
  get body() {
    return null;
  }
  get documentElement() {
    return null;
  }
  get defaultView() {
    const style = { visibility: 'visible', fontSize: '16px', opacity: '1' };
    return { getComputedStyle: () => ({ ...style, animationName: 'none' }) };
  }
  get scrollingElement() {
    return null;
  }
  createElementNS() {}
  createTreeWalker() {}
  evaluate() {}
}
const PAGE = new Document('#document');

/** Gives the page its turn. */
class Channel {
  port2 = { onmessage: () => {} };
  port1 = {
    postMessage: () => {
      most = Math.max(most, looked);
      looked = 0;
      turns += 1;
      setImmediate(() => this.port2.onmessage());
    },
  };
}

/** The content script's reader, with a clock that goes with the work. */
async function reader() {
  let clock = 0;
  const context = vm.createContext({
    Document,
    DocumentFragment: Element,
    Element,
    EventTarget: { prototype: { addEventListener() {} } },
    Node,
    URL,
    chrome: {},
    performance: {
      now: () => {
        clock += 0.5;
        return clock;
      },
    },
    MessageChannel: Channel,
  });
  for (const name of ['dom.js', 'content.js']) {
    vm.runInContext(await readFile(new URL(name, CONTENT), 'utf8'), context);
  }
  return vm.runInContext('readBody', context);
}

test('20,000 links are read in slices, and bounded', async () => {
  const readBody = await reader();
  const body = new Element('div');
  for (let i = 0; i < 20000; i++) {
    const link = new Element('a');
    link.href = `https://shop-${i}.example/`;
    link.append(new Node('#text', `Offer ${i}`));
    body.append(link);
  }
  const content = await readBody(body, []);
  assert.equal(content.links.length, 2000);
  assert.equal(content.links[7].text, 'Offer 7');
  assert.equal(content.unread, 'too-many-links');
  assert.ok(turns > 30, `${turns} turns`);
  assert.ok(most < 1200, `${most} nodes in one turn`);
});
