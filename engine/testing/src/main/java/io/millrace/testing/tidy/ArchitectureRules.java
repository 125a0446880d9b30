package io.millrace.testing.tidy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.stream.Stream;

/** The arrows between rooms, as rules. Each says what to do instead. */
public final class ArchitectureRules {

    private ArchitectureRules() {}

    /** Returns all rules. */
    public static List<ArchRule> all() {
        return Stream.concat(
                        Stream.of(packagesHaveNoCycles(), nobodySeesServer(), planKnowsNoRoom(), spiStandsAlone()),
                        Stream.concat(roomsSeeOnlyTheWaist().stream(), foreignLibrariesHaveOneRoom().stream()))
                .toList();
    }

    /** Returns the rule that packages, each by itself, form no cycle. */
    public static ArchRule packagesHaveNoCycles() {
        return slices().assignedFrom(new EachPackage())
                .should()
                .beFreeOfCycles()
                .because("a reader follows the arrows one way; move what both need into a package below them");
    }

    private static ArchRule nobodySeesServer() {
        return noClasses()
                .that()
                .resideOutsideOfPackages("io.millrace.server..", "io.millrace.benchmarks..", "io.millrace.examples..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.millrace.server..")
                .because("server wires the rooms; what a room needs of another goes through spi");
    }

    private static ArchRule planKnowsNoRoom() {
        return noClasses()
                .that()
                .resideInAPackage("io.millrace.plan..")
                .should()
                .dependOnClassesThat(ours("io.millrace.plan", "io.millrace.spi"))
                .because("the plan is plain values: no planner, no threads, no rooms");
    }

    private static ArchRule spiStandsAlone() {
        return noClasses()
                .that()
                .resideInAPackage("io.millrace.spi..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("io.millrace.spi..", "java..", "org.jspecify..")
                .because("the waist depends on nothing");
    }

    private static List<ArchRule> roomsSeeOnlyTheWaist() {
        return Stream.of("log", "delivery", "format", "connector")
                .<ArchRule>map(room -> noClasses()
                        .that()
                        .resideInAPackage("io.millrace." + room + "..")
                        .should()
                        .dependOnClassesThat(ours("io.millrace." + room, "io.millrace.spi", "io.millrace.testing"))
                        .because(room + " meets other rooms in spi only"))
                .toList();
    }

    private static List<ArchRule> foreignLibrariesHaveOneRoom() {
        return List.of(
                onlyIn("org.apache.calcite", "io.millrace.sql.."),
                onlyIn("org.codehaus", "io.millrace.runtime.code.."),
                onlyIn("org.apache.arrow", "io.millrace.format.arrow.."),
                onlyIn("org.apache.avro", "io.millrace.format.avro.."),
                onlyIn("net.thisptr", "io.millrace.delivery.transform.."),
                onlyIn("com.mongodb", "io.millrace.connector.mongodb..", "io.millrace.testing.connector.."),
                onlyIn("org.apache.kafka", "io.millrace.connector.kafka..", "io.millrace.testing.connector.."),
                onlyIn("org.apache.iceberg", "io.millrace.connector.iceberg.."),
                onlyIn("com.azure", "io.millrace.connector.azure..", "io.millrace.testing.connector.."),
                onlyIn("io.delta", "io.millrace.connector.delta.."),
                onlyIn("org.apache.parquet", "io.millrace.format.parquet.."),
                onlyIn("org.apache.orc", "io.millrace.format.orc.."),
                onlyIn("org.apache.hadoop", "io.millrace.format.orc..", "io.millrace.format.parquet.."),
                onlyIn("org.postgresql", "io.millrace.connector.jdbc..", "io.millrace.benchmarks.."),
                onlyIn(
                        "software.amazon.awssdk",
                        "io.millrace.connector.s3..",
                        "io.millrace.connector.kinesis..",
                        "io.millrace.format.avro.registry..",
                        "io.millrace.testing.connector.."),
                onlyIn("com.linecorp.armeria", "io.millrace.server.."));
    }

    private static ArchRule onlyIn(String library, String... rooms) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..")
                .because("each foreign library has one room");
    }

    /** Matches classes of ours in other packages than these. */
    private static DescribedPredicate<JavaClass> ours(String... allowed) {
        return new DescribedPredicate<>("are ours, outside " + String.join(", ", allowed)) {
            @Override
            public boolean test(JavaClass type) {
                String name = type.getPackageName() + '.';
                return name.startsWith("io.millrace.")
                        && Stream.of(allowed).noneMatch(prefix -> name.startsWith(prefix + '.'));
            }
        };
    }

    private static final class EachPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().startsWith("io.millrace.")
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "each package";
        }
    }
}
