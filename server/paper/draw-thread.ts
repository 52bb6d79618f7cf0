import { parentPort } from 'node:worker_threads'
import { draw, drawScan } from './draw.ts'
import type { Drawn, Wish } from './drawing.ts'

async function answer(wish: Wish): Promise<Drawn> {
  try {
    return { bytes: await (wish.is === 'paper' ? draw(wish.paper) : drawScan(wish.scan)) }
  } catch {
    return { failed: true }
  }
}

parentPort?.on('message', (wish: Wish) => {
  void answer(wish).then((drawn) => {
    parentPort?.postMessage(drawn)
  })
})
