// Speaks the language server protocol with yaml-language-server, as an editor does, and checks what
// the schemas make of it.
// usage: client.js SERVER SOURCE_DIRECTORY EMPTY_DIRECTORY
'use strict';
const {spawn} = require('child_process');
const fs = require('fs');
const path = require('path');
const {pathToFileURL} = require('url');

const [server, source, work] = process.argv.slice(2);
const TIMEOUT_MS = 120000;  // generous: the machine may be loaded

// --- the connection

const child = spawn(server, ['--stdio'], {stdio: ['pipe', 'pipe', 'inherit']});
const waiting = new Map();     // id of a request -> how to answer it
const diagnostics = new Map(); // uri -> the last list
let watchers = [];             // called whenever a list of diagnostics arrives
let lastId = 0;

function send(message) {
  const text = JSON.stringify({jsonrpc: '2.0', ...message});
  child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
}

function request(method, params) {
  const id = ++lastId;
  send({id, method, params});
  return new Promise((resolve, reject) => waiting.set(id, {resolve, reject}));
}

function configuration() {
  const schemas = {};
  const kinds = {
    ref: '*-ref.yaml', chain: '*-chain.yaml', workflow: '*-workflow.yaml',
    observer: '*-observer.yaml', 'cluster-profiles': 'cluster-profiles-config.yaml',
    config: '**/config/*/*/*.yaml', settings: '.stepreg.yaml',
  };
  for (const [name, files] of Object.entries(kinds)) schemas[schemaUri(name)] = files;
  return {schemas, schemaStore: {enable: false}, validate: true, hover: true, completion: true};
}

function schemaUri(name) {
  return pathToFileURL(path.join(source, 'schemas', `stepreg.${name}.schema.json`)).href;
}

function receive(message) {
  if (message.method === 'workspace/configuration') {
    const answer = message.params.items.map(item => (item.section === 'yaml' ? configuration() : {}));
    send({id: message.id, result: answer});
  } else if (message.method === 'textDocument/publishDiagnostics') {
    diagnostics.set(message.params.uri, message.params.diagnostics);
    watchers.forEach(watcher => watcher());
  } else if (message.method && message.id !== undefined) {
    send({id: message.id, result: null});
  } else if (waiting.has(message.id)) {
    const {resolve, reject} = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) reject(new Error(message.error.message));
    else resolve(message.result);
  }
}

let buffer = Buffer.alloc(0);
child.stdout.on('data', data => {
  buffer = Buffer.concat([buffer, data]);
  for (;;) {
    const end = buffer.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/Content-Length: (\d+)/.exec(buffer.subarray(0, end))[1]);
    if (buffer.length < end + 4 + length) return;
    const text = buffer.subarray(end + 4, end + 4 + length).toString();
    buffer = buffer.subarray(end + 4 + length);
    receive(JSON.parse(text));
  }
});

// --- what is asked

let failures = 0;
function expect(condition, what) {
  if (condition) return;
  console.log(`FAILED: ${what}`);
  ++failures;
}

// Opens a text and waits for what the server says of it.
async function open(name, text) {
  const file = path.join(work, name);
  fs.mkdirSync(path.dirname(file), {recursive: true});
  fs.writeFileSync(file, text);
  const uri = pathToFileURL(file).href;
  const arrived = new Promise(resolve => {
    watchers.push(() => diagnostics.has(uri) && resolve());
  });
  send({method: 'textDocument/didOpen', params: {textDocument: {uri, languageId: 'yaml', version: 1, text}}});
  await arrived;
  return {uri, messages: diagnostics.get(uri).map(each => each.message)};
}

async function hover(uri, line, character) {
  const answer = await request('textDocument/hover', {textDocument: {uri}, position: {line, character}});
  return answer ? JSON.stringify(answer.contents) : '';
}

async function completion(uri, line, character) {
  const answer =
      await request('textDocument/completion', {textDocument: {uri}, position: {line, character}});
  return (answer.items || answer).map(item => item.label);
}

function exampleFiles(directory, ending) {
  return fs.readdirSync(directory, {withFileTypes: true}).flatMap(entry => {
    const file = path.join(directory, entry.name);
    if (entry.isDirectory()) return exampleFiles(file, ending);
    return entry.name.endsWith(ending) ? [file] : [];
  });
}

async function checkExample() {
  const example = path.join(source, 'registry-example');
  for (const file of exampleFiles(example, '.yaml')) {
    const shown = path.relative(example, file);
    const {messages} = await open(shown, fs.readFileSync(file, 'utf8'));
    expect(messages.length === 0, `${shown}: ${messages.join('; ')}`);
  }
}

async function checkRef() {
  const ref = await open('a/a-ref.yaml', [
    'ref:', '  as: a', '  from: cli', '  commands: a-commands.sh', '  timout: 1h', '  best_effort: 5',
    '  resources:', '    requests: {cpu: 100m}', '  ', ''].join('\n'));
  expect(ref.messages.some(m => m.includes('timout')), `no error for an unknown key: ${ref.messages}`);
  expect(ref.messages.length === 2, `not exactly two errors: ${ref.messages.join('; ')}`);
  const help = await hover(ref.uri, 3, 4);
  expect(/script/.test(help), `no help for \`commands\`: ${help}`);
  const labels = await completion(ref.uri, 8, 2);
  for (const name of ['grace_period', 'timeout', 'env', 'documentation']) {
    expect(labels.includes(name), `\`${name}\` is not offered: ${labels}`);
  }
  expect(!labels.includes('as'), '`as` is offered a second time');
}

async function checkConfig() {
  const text = ['resources: {"*": {requests: {cpu: 100m}}}', 'tests:', '- as: t', '  steps:', '    workflow: w', '    ', ''].join('\n');
  const config = await open('config/o/r/o-r-main.yaml', text);
  expect(config.messages.length === 0, `a good configuration: ${config.messages}`);
  const labels = await completion(config.uri, 5, 4);
  for (const name of ['cluster_profile', 'env', 'pre', 'test', 'post']) {
    expect(labels.includes(name), `\`${name}\` is not offered in a test: ${labels}`);
  }
}

// Without any settings of the editor.
async function checkModeline() {
  const text = `# yaml-language-server: $schema=${schemaUri('settings')}\nregistri: x\n`;
  const {messages} = await open('elsewhere.yaml', text);
  expect(messages.some(m => m.includes('registri')), `the comment chose no schema: ${messages}`);
}

async function main() {
  await request('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(work).href,
    workspaceFolders: [{uri: pathToFileURL(work).href, name: 'test'}],
    capabilities: {workspace: {configuration: true}, textDocument: {hover: {}, completion: {}}},
  });
  send({method: 'initialized', params: {}});
  send({method: 'workspace/didChangeConfiguration', params: {settings: {yaml: configuration()}}});
  await checkExample();
  await checkRef();
  await checkConfig();
  await checkModeline();
  child.kill();
  console.log(failures === 0 ? 'editor: errors, hover and completion from the schemas' : 'editor: failed');
  process.exit(failures === 0 ? 0 : 1);
}

setTimeout(() => {
  console.log('FAILED: the server did not answer in time');
  child.kill();
  process.exit(1);
}, TIMEOUT_MS);
main().catch(error => {
  console.log(`FAILED: ${error.stack}`);
  child.kill();
  process.exit(1);
});
