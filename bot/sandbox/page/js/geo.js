/** Small plane geometry for the drawn map: a street is so small that a flat projection is exact enough to look at. */

const METRES_PER_DEGREE = 111_320;

/** @typedef {{areas: {id: string, name: string, polygon: number[][]}[],
 *             places: {name: string, lat: number, lng: number, kind: string}[]}} DistrictMap polygons as [lng, lat] */
/** @typedef {{width: number, height: number, toXY: (lat: number, lng: number) => [number, number],
 *             toGeo: (x: number, y: number) => {latitude: number, longitude: number}}} Frame pixels <-> WGS-84 */

/** @returns {Frame} a picture of `width` x `height` pixels around a point */
export function frameAround({ latitude, longitude }, metresPerPixel, width, height) {
  const kx = (METRES_PER_DEGREE * Math.cos((latitude * Math.PI) / 180)) / metresPerPixel;
  const ky = METRES_PER_DEGREE / metresPerPixel;
  return {
    width,
    height,
    toXY: (lat, lng) => [width / 2 + (lng - longitude) * kx, height / 2 - (lat - latitude) * ky],
    toGeo: (x, y) => ({ latitude: latitude - (y - height / 2) / ky, longitude: longitude + (x - width / 2) / kx }),
  };
}

/** @param {DistrictMap} map @returns {Frame} the whole district with a margin */
export function frameOfDistrict(map, width, height, margin = 18) {
  const points = [...map.areas.flatMap(({ polygon }) => polygon), ...map.places.map(({ lat, lng }) => [lng, lat])];
  if (!points.length) return frameAround({ latitude: 30.64, longitude: 104.1 }, 5, width, height);
  const [west, east] = extent(points.map(([lng]) => lng));
  const [south, north] = extent(points.map(([, lat]) => lat));
  const middle = { latitude: (south + north) / 2, longitude: (west + east) / 2 };
  const metresWide = (east - west) * METRES_PER_DEGREE * Math.cos((middle.latitude * Math.PI) / 180);
  const metresHigh = (north - south) * METRES_PER_DEGREE;
  const scale = Math.max(metresWide / (width - 2 * margin), metresHigh / (height - 2 * margin), 0.1);
  return frameAround(middle, scale, width, height);
}

const extent = (numbers) => [Math.min(...numbers), Math.max(...numbers)];

/** @returns {number} metres, good to a few per cent inside one city */
export function metresBetween(a, b) {
  const dy = (a.latitude - b.latitude) * METRES_PER_DEGREE;
  const dx = (a.longitude - b.longitude) * METRES_PER_DEGREE * Math.cos((a.latitude * Math.PI) / 180);
  return Math.hypot(dx, dy);
}

/** @param {DistrictMap} map @returns {{place: any, metres: number}|null} */
export function nearestPlace(map, point) {
  const ranked = map.places.map((place) => ({
    place, metres: metresBetween(point, { latitude: place.lat, longitude: place.lng }),
  })).sort((a, b) => a.metres - b.metres);
  return ranked[0] ?? null;
}

/** @param {DistrictMap} map @returns {any|null} the area the point lies in */
export function areaOf(map, point) {
  return map.areas.find(({ polygon }) => contains(polygon, point)) ?? null;
}

/** Ray casting: count the edges to the right of the point. */
function contains(polygon, { latitude, longitude }) {
  let inside = false;
  polygon.forEach(([x1, y1], index) => {
    const [x2, y2] = polygon.at(index - 1);
    const crosses = y1 > latitude !== y2 > latitude && longitude < ((x2 - x1) * (latitude - y1)) / (y2 - y1) + x1;
    if (crosses) inside = !inside;
  });
  return inside;
}

/** "锦畔苑附近 40 米 · 第1网格" – how a point is spoken of. */
export function describe(map, point) {
  const near = nearestPlace(map, point);
  const area = areaOf(map, point);
  const parts = [
    near && (near.metres < 15 ? near.place.name : `距${near.place.name} ${Math.round(near.metres)} 米`),
    area ? area.name : map.areas.length > 0 && "辖区外",
  ];
  return parts.filter(Boolean).join(" · ") || `${point.latitude.toFixed(5)}, ${point.longitude.toFixed(5)}`;
}
