/** How far images are changed at random in training; 0 leaves them as they are. */
export type Augmentation = {
  /** Mirror left and right, every second time. */
  flip: boolean;
  /** Largest shift, as a share of the side. */
  shift: number;
  /** Largest turn, degrees. */
  rotate: number;
  /** Largest change of size: 0.1 is from 1 / 1.1 to 1.1. */
  zoom: number;
  /** Size of local distortions, as a share of the side (standard deviation of the displacement). */
  elastic: number;
};

export type Size = { height: number; width: number; channels: number };
