import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './build.js'
import { ensureInstalled } from './install.js'
import { root } from './run.js'
import { runtimeFlags } from './runtime-flags.js'

const leastMajor = 24

/** The pinned runtime where there is one for this machine, else the machine's own when it is new enough. */
function runtime() {
  const pinned = join(root, 'node_modules', '.bin', 'node')
  if (existsSync(pinned)) return pinned
  if (Number(process.versions.node.split('.')[0]) >= leastMajor) return process.execPath
  throw new Error(`On this machine Kotikäynti needs Node ${leastMajor} or newer.`)
}

/**
 * Installs and builds what is missing, then runs a server of this folder and leaves as it left.
 *
 * @param {string} server
 */
export async function launch(server) {
  await launchAfter(ensureBuilt, server, [], runtimeFlags)
}

/**
 * What the operator does beside the server needs nothing built.
 *
 * @param {'backup' | 'rehearse' | 'restore' | 'rotate-keys' | 'recover' | 'move'} command
 */
export async function operate(command) {
  await launchAfter(async () => undefined, 'server/operator.ts', [
    command,
    ...process.argv.slice(2)
  ])
}

/** What only looks needs nothing built either. @param {string} program */
export async function launchBeside(program) {
  await launchAfter(async () => undefined, program, process.argv.slice(2))
}

/**
 * @param {() => Promise<void>} prepare
 * @param {string} program
 * @param {readonly string[]} args
 * @param {readonly string[]} flags
 */
async function launchAfter(prepare, program, args, flags = []) {
  try {
    await ensureInstalled()
    await prepare()
    const child = spawn(runtime(), [...flags, program, ...args], { cwd: root, stdio: 'inherit' })
    // The terminal tells both of an interrupt; who started it waits for a clean end.
    process.on('SIGINT', () => undefined)
    for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP']))
      process.on(signal, () => child.kill(signal))
    child.on('error', (error) => {
      console.error(`The program could not be started: ${error.message}`)
      process.exitCode = 1
    })
    child.on('exit', (code, signal) => {
      process.exit(code ?? (signal ? 1 : 0))
    })
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}
