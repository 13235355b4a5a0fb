/**
 * Solves A x = b for each right-hand side by Cholesky's decomposition. `matrix` is symmetric and positive definite, row by
 * row, of which only the lower half is read; it is overwritten.
 */
export const solveSymmetric = (matrix: Float64Array, size: number, rightHandSides: Float64Array[]): Float64Array[] => {
  decompose(matrix, size)
  return rightHandSides.map(side => substitute(matrix, size, side))
}

const at = (values: Float64Array, place: number): number => values[place] as number

/** Four cells of a row are worked out in one pass: they share its loads, and their sums do not wait for each other. */
const decompose = (matrix: Float64Array, size: number) => {
  for (let row = 0; row < size; row++) {
    const start = row * size
    for (let column = 0; column <= row; column++) {
      if (column % 4 === 0 && column + 4 <= row) subtractProducts(matrix, size, start, column)
      // Of the four, what stands between the first of them and the cell is left.
      const from = column - (column % 4) + 4 <= row ? column - (column % 4) : 0
      const other = column * size
      let rest = at(matrix, start + column)
      for (let place = from; place < column; place++) rest -= at(matrix, start + place) * at(matrix, other + place)
      matrix[start + column] = column === row ? Math.sqrt(rest) : rest / at(matrix, other + column)
    }
  }
}

const subtractProducts = (matrix: Float64Array, size: number, start: number, column: number) => {
  const [first, second, third, fourth] = [column * size, (column + 1) * size, (column + 2) * size, (column + 3) * size]
  let [one, two, three, four] = [at(matrix, start + column), at(matrix, start + column + 1), at(matrix, start + column + 2), at(matrix, start + column + 3)]
  for (let place = 0; place < column; place++) {
    const value = matrix[start + place] as number
    one -= value * (matrix[first + place] as number)
    two -= value * (matrix[second + place] as number)
    three -= value * (matrix[third + place] as number)
    four -= value * (matrix[fourth + place] as number)
  }
  matrix[start + column] = one
  matrix[start + column + 1] = two
  matrix[start + column + 2] = three
  matrix[start + column + 3] = four
}

const substitute = (lower: Float64Array, size: number, side: Float64Array): Float64Array => {
  const solved = Float64Array.from(side)
  for (let row = 0; row < size; row++) {
    let rest = at(solved, row)
    for (let place = 0; place < row; place++) rest -= at(lower, row * size + place) * at(solved, place)
    solved[row] = rest / at(lower, row * size + row)
  }
  for (let row = size - 1; row >= 0; row--) {
    const value = at(solved, row) / at(lower, row * size + row)
    solved[row] = value
    for (let place = 0; place < row; place++) solved[place] = at(solved, place) - at(lower, row * size + place) * value
  }
  return solved
}
