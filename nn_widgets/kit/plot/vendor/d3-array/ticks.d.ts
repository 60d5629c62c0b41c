// What the project asks of ticks.js.

export default function ticks(start: number, stop: number, count: number): number[];
