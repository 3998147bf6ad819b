/** Share of rows on the diagonal of a confusion matrix (rows truth, columns prediction); NaN without rows. */
export declare function matrixAccuracy(matrix: readonly (readonly number[])[]): number;
/** Balanced accuracy: mean over the classes that occur of the share recognised; NaN when fewer than two occur. */
export declare function meanRecall(matrix: readonly (readonly number[])[]): number;
