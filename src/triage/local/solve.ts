/**
 * Solves A x = b by conjugate gradients, for a symmetric positive definite A that is known by what it makes of a vector.
 * Ends when a ten-thousandth of b is left over (weights are rounded to 127 steps anyway) or after ten steps a value; deterministic.
 */
export const solveByGradients = (times: (vector: Float64Array) => Float64Array, side: Float64Array): Float64Array => {
  const solved = new Float64Array(side.length)
  const rest = Float64Array.from(side)
  const direction = Float64Array.from(side)
  let left = dot(rest, rest)
  const enough = left * closeEnough ** 2
  for (let step = 0; step < 10 * side.length && left > enough; step++) {
    const moved = times(direction)
    const length = left / dot(direction, moved)
    for (let at = 0; at < side.length; at++) {
      solved[at] = (solved[at] as number) + length * (direction[at] as number)
      rest[at] = (rest[at] as number) - length * (moved[at] as number)
    }
    const before = left
    left = dot(rest, rest)
    for (let at = 0; at < side.length; at++) direction[at] = (rest[at] as number) + (left / before) * (direction[at] as number)
  }
  return solved
}

const closeEnough = 1e-4

const dot = (one: Float64Array, other: Float64Array): number => {
  let sum = 0
  for (let at = 0; at < one.length; at++) sum += (one[at] as number) * (other[at] as number)
  return sum
}
