import { measurePush } from './push.ts'

const figure = await measurePush()
console.log(figure)
