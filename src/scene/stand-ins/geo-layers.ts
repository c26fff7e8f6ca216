/**
 * Stands in for `@deck.gl/geo-layers` in the bundle: of it Viv extends one layer, for a layer of tiles that Fovea has its
 * own of (`tile-set.ts`).
 */
import { CompositeLayer } from "@deck.gl/core";

export const TileLayer: typeof CompositeLayer = CompositeLayer;
