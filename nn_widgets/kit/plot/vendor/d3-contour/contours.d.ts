// What the project asks of contours.js.

export interface Contour { value: number; coordinates: [number, number][][][] }

export interface Contours {
  (values: ArrayLike<number>): Contour[];
  size(size: [number, number]): Contours;
  thresholds(values: number[]): Contours;
}

export default function contours(): Contours;
