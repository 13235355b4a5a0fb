/**
 * Solves A x = b for each right-hand side by Cholesky's decomposition. `matrix` is symmetric and positive definite, row by
 * row, of which only the lower half is read; it is overwritten.
 */
export const solveSymmetric = (matrix: Float64Array, size: number, rightHandSides: Float64Array[]): Float64Array[] => {
  decompose(matrix, size)
  return rightHandSides.map(side => substitute(matrix, size, side))
}

const at = (values: Float64Array, place: number): number => values[place] as number

const decompose = (matrix: Float64Array, size: number) => {
  for (let row = 0; row < size; row++) {
    const ofRow = matrix.subarray(row * size, row * size + row + 1)
    for (let column = 0; column <= row; column++) {
      const ofColumn = matrix.subarray(column * size, column * size + column + 1)
      let rest = at(ofRow, column)
      for (let place = 0; place < column; place++) rest -= at(ofRow, place) * at(ofColumn, place)
      ofRow[column] = column === row ? Math.sqrt(rest) : rest / at(ofColumn, column)
    }
  }
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
