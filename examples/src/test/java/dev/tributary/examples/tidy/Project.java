// SPDX-License-Identifier: Apache-2.0
package dev.tributary.examples.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The working copy that the tests run in. */
public final class Project {
    private static final Pattern TEXT =
            Pattern.compile(".*\\.(java|xml|md|sh|js|html|css|json|properties|options|editorconfig)"
                    + "|\\.ci/run|examples/tributary|\\.gitignore");
    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea", "node_modules");

    private final Path root;

    private Project(Path root) {
        this.root = root;
    }

    /** Found by walking up from the working directory to the folder that holds {@code .ci}. */
    public static Project find() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".ci"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("no folder above this one holds .ci");
            }
            folder = parent;
        }
        return new Project(folder);
    }

    /** The names at the top that a visitor sees, sorted; what a build leaves behind is none. */
    public List<String> visibleTopLevel() {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && !NOT_OURS.contains(name))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Paths of all text files from the root, with slashes, sorted. */
    public List<String> textFiles() {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(root::relativize)
                    .filter(Project::ours)
                    .map(file -> file.toString().replace('\\', '/'))
                    .filter(file -> TEXT.matcher(file).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The content of one of the {@link #textFiles}. */
    public String text(String path) {
        try {
            return Files.readString(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean ours(Path file) {
        for (Path part : file) {
            if (NOT_OURS.contains(part.toString())) {
                return false;
            }
        }
        return true;
    }
}
