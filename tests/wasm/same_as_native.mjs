// Holds the WebAssembly build of the engine to the native one: the same program, every number within 1e-9.
//
//   node --no-warnings same_as_native.mjs NATIVE_PROBE WASM_PROBE
//
// Exits with 0 = the same, 1 = not, 2 = wrong use, 77 = there is no WebAssembly build to compare. Node 18 and newer.

import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const tolerance = 1e-9 // relative; exp, log and sin of the two C libraries differ in their last bits

const [native, wasm] = process.argv.slice(2)
if (native === undefined || wasm === undefined) {
  console.error('same_as_native.mjs NATIVE_PROBE WASM_PROBE')
  process.exit(2)
}
if (!existsSync(wasm)) {
  console.error('no WebAssembly build to compare: cmake --preset wasm && cmake --build --preset wasm')
  process.exit(77)
}

// Node 18 has node:wasi only behind a flag: where the module is unknown, start over once with it.
const flag = '--experimental-wasi-unstable-preview1'
const { WASI } = await import('node:wasi').catch((error) => {
  if (process.execArgv.includes(flag)) throw error
  return {}
})
if (WASI === undefined) {
  const again = spawnSync(process.execPath, [flag, '--no-warnings', ...process.argv.slice(1)], { stdio: 'inherit' })
  process.exit(again.status ?? 1)
}

/** The lines a program printed, by name. */
function numbersIn(text) {
  const pairs = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)])
  return new Map(pairs)
}

function runNative(path) {
  const { status, stdout } = spawnSync(path, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`the native probe ended with ${status}`)
  return numbersIn(stdout)
}

/** Runs a WASI command with its output in a file of its own, since what it prints goes to a descriptor. */
async function runWasm(bytes) {
  const folder = mkdtempSync(join(tmpdir(), 'engine-probe-'))
  const path = join(folder, 'out')
  try {
    const stdout = openSync(path, 'w')
    const wasi = new WASI({ version: 'preview1', args: ['engine_probe'], env: {}, stdout, returnOnExit: true })
    const { instance } = await WebAssembly.instantiate(bytes, { wasi_snapshot_preview1: wasi.wasiImport })
    const status = wasi.start(instance)
    closeSync(stdout)
    if (status) throw new Error(`the WebAssembly probe ended with ${status}`)
    return numbersIn(readFileSync(path, 'utf8'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** How far two texts are from each other: relatively where both are numbers, else 0 or Infinity. */
function distance(left, right) {
  if (left === right) return 0
  const [a, b] = [Number(left), Number(right)]
  if (!Number.isFinite(a) || !Number.isFinite(b)) return Infinity
  return Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b))
}

const bytes = readFileSync(wasm)
const expected = runNative(native)
const actual = await runWasm(bytes)

const names = [...new Set([...expected.keys(), ...actual.keys()])]
const compared = names.map((name) => ({
  name,
  native: expected.get(name) ?? 'absent',
  wasm: actual.get(name) ?? 'absent',
}))
for (const entry of compared) entry.distance = distance(entry.native, entry.wasm)
compared.sort((left, right) => right.distance - left.distance)

const identical = compared.filter((entry) => entry.distance === 0).length
const different = compared.filter((entry) => !(entry.distance <= tolerance))
console.log(`${names.length} values, ${identical} identical to the last digit; the largest relative differences:`)
for (const { name, native: ours, wasm: theirs, distance: far } of compared.slice(0, Math.max(3, different.length))) {
  console.log(`  ${far.toExponential(1)}  ${name}  native ${ours}  wasm ${theirs}`)
}
console.log(`engine_probe.wasm: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} with gzip`)
if (names.length === 0) console.log('nothing was printed')
process.exit(different.length === 0 && names.length > 0 ? 0 : 1)
