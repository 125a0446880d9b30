package io.millrace.spi.function;

import io.millrace.spi.function.FunctionSignature.Parameter;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The method of a function's class that rows are given to, with the types its signature says.
 *
 * @param owner the class of the function
 * @param method the method
 * @param parameters types of its parameters
 * @param nullable for each parameter whether it is given {@code null} for NULL
 * @param result type of what it returns
 */
public record FunctionMethod(
        Class<?> owner, Method method, List<JavaType> parameters, List<Boolean> nullable, JavaType result) {

    public FunctionMethod {
        parameters = List.copyOf(parameters);
        nullable = List.copyOf(nullable);
    }

    /**
     * Reads a class.
     *
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_STATEMENT} where it is no function, and says why
     */
    public static FunctionMethod of(Class<?> owner) {
        requireUsable(owner);
        if (!ScalarFunction.class.isAssignableFrom(owner)) {
            throw FunctionErrors.unusable(
                    "class " + owner.getName() + " is no function",
                    "let it implement " + ScalarFunction.class.getName());
        }
        Method method = only(owner, ScalarFunction.METHOD);
        List<JavaType> parameters = new ArrayList<>();
        List<Boolean> nullable = new ArrayList<>();
        AnnotatedType[] types = method.getAnnotatedParameterTypes();
        for (int i = 0; i < types.length; i++) {
            parameters.add(JavaTypes.of(types[i], "parameter " + (i + 1) + " of " + name(method)));
            boolean annotated =
                    isNullable(types[i].getAnnotations()) || isNullable(method.getParameterAnnotations()[i]);
            nullable.add(annotated && !parameters.get(i).javaClass().isPrimitive());
        }
        JavaType result = JavaTypes.of(method.getAnnotatedReturnType(), "the result of " + name(method));
        return new FunctionMethod(owner, method, parameters, nullable, result);
    }

    private static void requireUsable(Class<?> owner) {
        boolean usable = Modifier.isPublic(owner.getModifiers())
                && !Modifier.isAbstract(owner.getModifiers())
                && (owner.getEnclosingClass() == null || Modifier.isStatic(owner.getModifiers()))
                && Arrays.stream(owner.getConstructors()).anyMatch(c -> c.getParameterCount() == 0);
        if (!usable) {
            throw FunctionErrors.unusable(
                    "class " + owner.getName() + " cannot be made",
                    "make it a public class, not abstract, with a public constructor without arguments");
        }
    }

    private static Method only(Class<?> owner, String name) {
        List<Method> methods = Arrays.stream(owner.getMethods())
                .filter(method -> method.getName().equals(name)
                        && !method.isBridge()
                        && !Modifier.isStatic(method.getModifiers()))
                .toList();
        if (methods.size() != 1) {
            throw FunctionErrors.unusable(
                    "class " + owner.getName() + " has " + methods.size() + " public methods named " + name,
                    "give it one; for other types write another class, and another function");
        }
        return methods.getFirst();
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }

    private static boolean isNullable(Annotation[] annotations) {
        return Arrays.stream(annotations)
                .anyMatch(annotation ->
                        annotation.annotationType().getSimpleName().equals("Nullable"));
    }

    /** Returns what SQL sees of it. */
    public FunctionSignature signature() {
        List<Parameter> seen = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            boolean named = method.getParameters()[i].isNamePresent();
            seen.add(new Parameter(
                    named ? method.getParameters()[i].getName() : "",
                    parameters.get(i).type(),
                    nullable.get(i)));
        }
        return new FunctionSignature(
                seen,
                result.type(),
                !result.javaClass().isPrimitive(),
                !owner.isAnnotationPresent(NotDeterministic.class));
    }

    /** Creates an instance of the function. */
    public Object instance() {
        try {
            return owner.getConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            Throwable cause = e instanceof java.lang.reflect.InvocationTargetException ? e.getCause() : e;
            throw FunctionErrors.unusable(
                    "class " + owner.getName() + " cannot be made: " + cause, "mend its constructor");
        }
    }
}
