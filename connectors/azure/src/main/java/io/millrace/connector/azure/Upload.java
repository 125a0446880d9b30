package io.millrace.connector.azure;

import io.millrace.connector.azure.BlockName.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The blocks of one attempt to write a file.
 *
 * @param name what it is called in their names
 * @param parts the file's parts that are there, ascending
 * @param whole whether none is missing
 */
record Upload(String name, List<BlockName> parts, boolean whole) {

    /** Sorts blocks into uploads, without those that are dropped. */
    static List<Upload> of(Collection<BlockName> blocks) {
        Map<String, List<BlockName>> byUpload = new TreeMap<>();
        blocks.forEach(block -> byUpload.computeIfAbsent(block.upload(), name -> new ArrayList<>())
                .add(block));
        List<Upload> uploads = new ArrayList<>();
        byUpload.forEach((name, all) -> {
            if (all.stream().noneMatch(block -> block.kind() == Kind.DROPPED)) {
                uploads.add(of(name, all));
            }
        });
        return uploads;
    }

    private static Upload of(String name, List<BlockName> blocks) {
        boolean empty = blocks.stream().anyMatch(block -> block.kind() == Kind.EMPTY);
        List<BlockName> parts = blocks.stream()
                .filter(block -> block.kind() == Kind.PART || block.kind() == Kind.LAST)
                .sorted(Comparator.comparingInt(BlockName::index))
                .toList();
        return new Upload(name, parts, parts.isEmpty() ? empty : isWhole(parts));
    }

    private static boolean isWhole(List<BlockName> parts) {
        BlockName last = parts.getLast();
        return last.kind() == Kind.LAST && last.index() == parts.size() - 1;
    }
}
