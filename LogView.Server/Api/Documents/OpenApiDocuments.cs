using LogView.Client.Contracts.Accounts;
using LogView.Server.Accounts;
using LogView.Server.Api.Json;
using LogView.Server.Api.Search;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LogView.Server.Api.Documents;

/// <summary>The OpenAPI document, made from the endpoints and the types they read and write.</summary>
internal static class OpenApiDocuments
{
    private const string DocumentName = "v1";

    public static void AddOpenApiDocument(this IServiceCollection services) => services.AddOpenApi(DocumentName, options =>
    {
        options.AddDocumentTransformer(DescribeAsync);
        options.AddOperationTransformer(AddParametersAsync);
        options.AddSchemaTransformer(DescribeOwnTypesAsync);
    });

    public static void MapOpenApiDocument(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapOpenApi("/api/openapi.json").RequireRight(Rights.Search);

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "LogView", Version = "v1", Description = "Searching LogView. Errors are RFC 9457 problem documents.",
        };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            ["key"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "Authorization", Description = "ApiKey KEY, or Bearer KEY",
            },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
        return Task.CompletedTask;
    }

    private static async Task AddParametersAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<ParameterList>().LastOrDefault() is not { } list)
        {
            return;
        }

        operation.Parameters = [.. list.Parameters.Select(Describe)];
        if (metadata.OfType<BodyType>().LastOrDefault() is { } body)
        {
            OpenApiSchema schema = await context.GetOrCreateSchemaAsync(body.Type, cancellationToken: cancellationToken);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/json"] = new() { Schema = schema } },
            };
        }

        OpenApiSchema problem = await context.GetOrCreateSchemaAsync(typeof(ProblemAnswer), cancellationToken: cancellationToken);
        operation.Responses ??= [];
        foreach ((string status, string description) in new[] { ("400", "The request is wrong; detail says where."), ("401", "No key."), ("403", "A right is missing.") })
        {
            operation.Responses[status] = new OpenApiResponse
            {
                Description = description,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [Problems.MediaType] = new() { Schema = problem } },
            };
        }
    }

    private static IOpenApiParameter Describe(Parameter parameter) => new OpenApiParameter
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Description,
        Required = parameter.IsRequired,
        Schema = new OpenApiSchema
        {
            Type = parameter.Type switch { "integer" => JsonSchemaType.Integer, "boolean" => JsonSchemaType.Boolean, _ => JsonSchemaType.String },
            Enum = parameter.Words is null ? null : [.. parameter.Words.Select(w => (System.Text.Json.Nodes.JsonNode)w!)],
        },
    };

    /// <summary>Types with converters of their own, which the generator cannot look into.</summary>
    private static Task DescribeOwnTypesAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        Type type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (type == typeof(RawJson))
        {
            schema.Type = JsonSchemaType.Object;
            schema.Description = "Exactly what was sent.";
        }
        else if (type == typeof(JsonScalar))
        {
            schema.Type = JsonSchemaType.String | JsonSchemaType.Number | JsonSchemaType.Boolean;
            schema.Description = "A text, a number or a boolean.";
        }

        else if (type == typeof(AggregationAnswer))
        {
            schema.Discriminator = null;
        }

        return Task.CompletedTask;
    }
}
