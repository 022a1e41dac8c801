/**
 * Data sets in shards: WebDataset tar files, Parquet files or plain folders, with a manifest. Start at
 * {@link io.tiepoint.interop.dataset.DataSetWriter}.
 */
@CheckReturnValue
@NullMarked
package io.tiepoint.interop.dataset;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
