namespace LogView.Server.Api;

/// <summary>One parameter of a query string: what the endpoint accepts and what the OpenAPI document says of it, in one place.</summary>
/// <param name="Name">As in the URL.</param>
/// <param name="Description">For people.</param>
/// <param name="Type"><c>string</c>, <c>integer</c> or <c>boolean</c>.</param>
/// <param name="IsRequired">Must be there.</param>
/// <param name="Words">The values it may have; null: any.</param>
internal sealed record Parameter(string Name, string Description, string Type = "string", bool IsRequired = false, IReadOnlyList<string>? Words = null);

/// <summary>Endpoint metadata: the parameters of the query string.</summary>
internal sealed record ParameterList(IReadOnlyList<Parameter> Parameters)
{
    public ParameterList With(params Parameter[] more) => new([.. Parameters, .. more]);
}

/// <summary>Endpoint metadata: the type of the JSON body. Not <c>Accepts</c>, which would make a wrong media type an unknown route.</summary>
internal sealed record BodyType(Type Type);

internal static class EndpointDescriptions
{
    public static RouteHandlerBuilder WithBody<T>(this RouteHandlerBuilder builder) => builder.WithMetadata(new BodyType(typeof(T)));

    public static RouteHandlerBuilder WithParameters(this RouteHandlerBuilder builder, ParameterList parameters) => builder.WithMetadata(parameters);
}
